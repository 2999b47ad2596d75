using ChatBotKit.AdminConsole.Bots;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Events;

/// <summary>The event log: a list with filters, which can follow the log, and its export.</summary>
internal static class EventPages
{
    public const int PageSize = 50;

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.Show("/events", ListAsync);
        routes.Show("/events/export", page => Task.FromResult(Export(page)));
    }

    private static async Task<IResult> ListAsync(Page page)
    {
        var (api, token, filter) = (page.Api, page.Aborted, EventFilter.From(page));
        var request = filter.ToRequest() with { Cursor = page.Query("cursor"), Take = PageSize };
        var bots = api.Bot.ListAsync(new() { Take = BotChoices.Most }, token).AsTask(token);
        var events = api.Event.Log.ListAsync(request, token).AsTask(token);
        await Task.WhenAll(bots, events);
        return page.View<EventListView, EventList>(new EventList
        {
            Events = [.. (await events).Items.Select(ShownEvent.Of)],
            Cursor = (await events).Items.Count == PageSize ? (await events).Cursor : null,
            Bots = (await bots).Items,
            Filter = filter,
            // New events are on the first page only, and on none that ends at a time.
            IsFollowing = page.Query("follow") is not null && page.Query("cursor") is null && filter.To is null,
        });
    }

    /// <summary>Writes all events that match as CSV.</summary>
    private static IResult Export(Page page)
    {
        var request = EventFilter.From(page).ToRequest();
        return Results.Stream(body => page.Api.Event.Log.ExportCsvAsync(body, request, page.Aborted), "text/csv; charset=utf-8", "events.csv");
    }
}

/// <summary>A page of the event log.</summary>
public sealed record EventList
{
    /// <summary>Gets the events, newest first.</summary>
    public required IReadOnlyList<ShownEvent> Events { get; init; }

    /// <summary>Gets the cursor of the next page; null when this is the last one.</summary>
    public required string? Cursor { get; init; }

    /// <summary>Gets the bots to choose from.</summary>
    public required IReadOnlyList<BotItem> Bots { get; init; }

    /// <summary>Gets the filter.</summary>
    public required EventFilter Filter { get; init; }

    /// <summary>Gets whether the list is loaded again and again, to show new events.</summary>
    public required bool IsFollowing { get; init; }
}
