using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Events;

/// <summary>The endpoints of the event log.</summary>
internal static class EventLogEndpoints
{
    private const int MaxHistory = 10_000;

    public static IServiceCollection AddEventLog(this IServiceCollection services) => services
        .AddSingleton<EventLogReading>()
        .AddSingleton<EventSubscribers>();

    public static void MapEventLog(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapGet("/event/log/list", ListAsync).WithName("listEventLogs").FiltersEvents()
            .WithSummary("Lists the events of the account");
        group.MapGet("/event/log/export", ListAsync).WithName("exportEventLogs").FiltersEvents()
            .WithSummary("Exports the events of the account");
        group.MapPost("/event/log/subscribe", Subscribe).WithName("subscribeEventLogs")
            .WithMetadata(new StreamedAnswer(typeof(EventLogItem), StreamKind.EventLog))
            .WithSummary("Follows the events of the account");
    });

    private static async Task<ListResult<EventLogItem>> ListAsync(
        ListQuery query, Caller caller, EventQueue queue, EventLogReading events, CancellationToken cancellationToken)
    {
        var filter = EventLogReading.FilterOf(query);
        // The caller must see the events about what it did just before.
        await queue.FlushAsync(cancellationToken);
        return new(query, (page, token) => events.ListAsync(caller.AccountId, filter, page, token), item => item.Id);
    }

    private static EventStreamResult Subscribe(
        JsonBody<EventLogSubscribeRequest> body, Caller caller, HttpContext context, EventLogReading events, EventSubscribers subscribers,
        TimeProvider time, IHostApplicationLifetime lifetime)
    {
        var history = body.Value.HistoryLength ?? 0;
        if (history is < 0 or > MaxHistory)
            throw ApiException.BadRequest($"\"historyLength\" must be from 0 to {MaxHistory}");
        // A subscription has no plain JSON response, so lines of JSON are the default.
        var format = ResponseFormats.Of(context.Request) == ResponseFormat.ServerSentEvents
            ? ResponseFormat.ServerSentEvents
            : ResponseFormat.JsonLines;
        return new EventStreamResult(subscribers, events, caller.AccountId, history, format, time, lifetime.ApplicationStopping);
    }

    private static RouteHandlerBuilder FiltersEvents(this RouteHandlerBuilder route)
    {
        route.TakesQuery("type", "Only events of these types, separated by commas.").TakesPeriod("events").TakesMeta();
        foreach (var field in EventFields.OfColumns.Concat(EventFields.OfLinks))
            route.TakesQuery(field, "Only events about one of these: ids, separated by commas.");
        return route;
    }
}
