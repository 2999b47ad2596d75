using ChatBotKit.AdminConsole.Bots;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Conversations;

/// <summary>The conversations: a list with filters, and each with its messages, runs and sessions.</summary>
internal static class ConversationPages
{
    public const int PageSize = 50;

    private const int MessagesPerPage = 100;
    private const int Related = 50;

    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        routes.Show("/conversations", ListAsync);
        routes.Show("/conversations/export", ExportListAsync);
        routes.Show("/conversations/{conversationId}", ShowAsync);
        routes.Show("/conversations/{conversationId}/export", ExportAsync);
        routes.Act("/conversations/{conversationId}/delete", DeleteAsync);
        routes.Act("/conversations/{conversationId}/sessions/revoke", RevokeAsync);
        routes.Show("/conversations/{conversationId}/runs/{runId}", RunPages.ShowAsync);
        routes.Show("/conversations/{conversationId}/runs/{runId}/log", RunPages.DownloadAsync);
        // The page of the visitor's view has this address. Opened again, as after a sign-in, it shows the whole trace.
        routes.Show("/conversations/{conversationId}/runs/{runId}/visitor", RunPages.ShowAsync);
        routes.Act("/conversations/{conversationId}/runs/{runId}/visitor", RunPages.ShowToVisitorAsync);
    }

    private static async Task<IResult> ListAsync(Page page)
    {
        var (api, token, filter) = (page.Api, page.Aborted, ConversationFilter.Of(page));
        var bots = api.Bot.ListAsync(new() { Take = BotChoices.Most }, token).AsTask(token);
        var list = api.Conversation.ListAsync(filter.ToRequest() with { Cursor = page.Query("cursor"), Take = PageSize }, token).AsTask(token);
        try
        {
            await Task.WhenAll(bots, list);
        }
        catch (ChatBotKitException exception) when (exception.StatusCode == System.Net.HttpStatusCode.BadRequest && bots.IsCompletedSuccessfully)
        {
            var failure = Failure.Of(exception);
            return page.View<ConversationListView, ConversationList>(new([], null, (await bots).Items, filter) { Failure = failure }, failure.Status);
        }

        var found = await list;
        // A search may go on after a page with few conversations. Other lists end with such a page.
        var cursor = filter.IsSearch || found.Items.Count == PageSize ? found.Cursor : null;
        return page.View<ConversationListView, ConversationList>(new ConversationList(found.Items, cursor, (await bots).Items, filter));
    }

    /// <summary>Writes all conversations that match as CSV, with their messages.</summary>
    private static Task<IResult> ExportListAsync(Page page)
    {
        var request = ConversationFilter.Of(page).ToRequest();
        return Task.FromResult(Results.Stream(
            body => page.Api.Conversation.ExportCsvAsync(body, request, page.Aborted), "text/csv; charset=utf-8", "conversations.csv"));
    }

    private static async Task<IResult> ShowAsync(Page page)
    {
        var (api, token, id) = (page.Api, page.Aborted, page.Value("conversationId"));
        var conversation = api.Conversation.FetchAsync(id, token);
        var messages = api.Conversation.Message.ListAsync(
            id, new() { Cursor = page.Query("cursor"), Take = MessagesPerPage, Order = ListOrder.Ascending }, token).AsTask(token);
        var runs = api.Conversation.Run.ListAsync(id, new() { Take = Related }, token).AsTask(token);
        var sessions = api.Conversation.Session.ListAsync(id, new() { Take = Related }, token).AsTask(token);
        var usage = api.Conversation.Usage.FetchAsync(id, cancellationToken: token);
        await Task.WhenAll(conversation, messages, runs, sessions, usage);
        var bot = (await conversation).BotId is { } botId ? await BotAsync(page, botId) : null;
        var found = await messages;
        return page.View<ConversationView, ConversationDetails>(new ConversationDetails(await conversation, bot)
        {
            Messages = found.Items,
            Cursor = found.Items.Count == MessagesPerPage ? found.Cursor : null,
            Runs = (await runs).Items,
            Sessions = (await sessions).Items,
            Usage = await usage,
        });
    }

    /// <summary>Returns the bot of a conversation; null when it is gone.</summary>
    private static async Task<BotItem?> BotAsync(Page page, string id)
    {
        try
        {
            return await page.Api.Bot.FetchAsync(id, page.Aborted);
        }
        catch (ChatBotKitException exception) when (exception.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Writes the conversation and its messages as JSON, one message after another.</summary>
    private static async Task<IResult> ExportAsync(Page page)
    {
        var id = page.Value("conversationId");
        var conversation = await page.Api.Conversation.FetchAsync(id, page.Aborted);
        return JsonFile.Answer(page, $"conversation-{conversation.Id}.json", async file =>
        {
            file.Write("conversation", conversation);
            await file.WriteAsync("messages", page.Api.Conversation.Message.ListAsync(id, new() { Order = ListOrder.Ascending }, page.Aborted));
        });
    }

    private static async Task<IResult> DeleteAsync(Page page)
    {
        await page.Api.Conversation.DeleteAsync(page.Value("conversationId"), page.Aborted);
        return page.Go("/conversations", "deleted");
    }

    private static async Task<IResult> RevokeAsync(Page page)
    {
        var id = page.Value("conversationId");
        await page.Api.Conversation.Session.RevokeAllAsync(id, cancellationToken: page.Aborted);
        return page.Go($"/conversations/{id}", "revoked");
    }
}

/// <summary>A page of the list.</summary>
/// <param name="Conversations">The conversations, newest first.</param>
/// <param name="Cursor">The cursor of the next page; null when this is the last one.</param>
/// <param name="Bots">The bots to choose from.</param>
/// <param name="Filter">The filter.</param>
public sealed record ConversationList(
    IReadOnlyList<ConversationItem> Conversations, string? Cursor, IReadOnlyList<BotItem> Bots, ConversationFilter Filter)
{
    /// <summary>Gets why the filter was refused; null when it was not.</summary>
    public Failure? Failure { get; init; }
}

/// <summary>A conversation with all that belongs to it.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Bot">Its bot; null when it has none, or when that is gone.</param>
public sealed record ConversationDetails(ConversationItem Conversation, BotItem? Bot)
{
    /// <summary>Gets a page of the messages, oldest first.</summary>
    public required IReadOnlyList<MessageItem> Messages { get; init; }

    /// <summary>Gets the cursor of the next messages.</summary>
    public required string? Cursor { get; init; }

    /// <summary>Gets the newest runs.</summary>
    public required IReadOnlyList<RunItem> Runs { get; init; }

    /// <summary>Gets the newest sessions.</summary>
    public required IReadOnlyList<SessionItem> Sessions { get; init; }

    /// <summary>Gets the usage.</summary>
    public required ConversationUsageResponse Usage { get; init; }
}
