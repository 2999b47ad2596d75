using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations;

internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapPost("/conversation/create", CreateAsync).WithName("createConversation").IsIdempotent()
            .WithSummary("Creates a conversation");
        group.MapGet("/conversation/list", List).WithName("listConversations")
            .WithSummary("Lists conversations")
            .FiltersConversations();
        group.MapGet("/conversation/export", Export).WithName("exportConversations").AnswersList<ConversationExportItem>()
            .WithSummary("Exports conversations")
            .FiltersConversations();
        group.MapGet("/conversation/{conversationId}/fetch", FetchAsync).WithName("fetchConversation")
            .WithSummary("Fetches a conversation");
        group.MapPost("/conversation/{conversationId}/update", UpdateAsync).WithName("updateConversation").IsIdempotent()
            .WithSummary("Changes a conversation");
        group.MapPost("/conversation/{conversationId}/delete", DeleteAsync).WithName("deleteConversation").IsIdempotent()
            .WithSummary("Deletes a conversation with everything that belongs to it");
    });

    private static async Task<JsonAnswer<ConversationCreateResponse>> CreateAsync(
        JsonBody<ConversationCreateRequest> body, Caller caller, ConversationCreation conversations, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await conversations.CreateAsync(body.Value, caller, call, cancellationToken));

    private static ListResult<ConversationItem> List(ListQuery query, Caller caller, ConversationReading conversations) =>
        new(query, (page, token) => conversations.ListAsync(query, page, caller, token), item => item.Id);

    private static IResult Export(ListQuery query, Caller caller, ConversationReading conversations) =>
        query.Format == ResponseFormat.Csv
            ? new ListResult<ConversationCsvRow>(
                query, (page, token) => conversations.ExportAsync(query, page, caller, ConversationCsvRow.From, token), row => row.Id)
            : new ListResult<ConversationExportItem>(
                query, (page, token) => conversations.ExportAsync(query, page, caller, item => item, token), item => item.Id);

    private static async Task<JsonAnswer<ConversationItem>> FetchAsync(
        string conversationId, Caller caller, ConversationAccess conversations, CancellationToken cancellationToken) =>
        JsonAnswer.Of((await conversations.GetAsync(conversationId, caller, cancellationToken)).ToItem());

    private static async Task<JsonAnswer<IdResponse>> UpdateAsync(
        string conversationId, JsonBody<ConversationUpdateRequest> body, Caller caller, ConversationChanges conversations,
        IdempotentCall call, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await conversations.UpdateAsync(conversationId, body.Value, caller, call, cancellationToken));

    private static async Task<JsonAnswer<IdResponse>> DeleteAsync(
        string conversationId, JsonBody<EmptyRequest> body, Caller caller, ConversationChanges conversations, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await conversations.DeleteAsync(conversationId, caller, call, cancellationToken));

    private static RouteHandlerBuilder FiltersConversations(this RouteHandlerBuilder route) => route
        .TakesQuery("botId", "Only those of these bots: ids or `@alias`, separated by commas.")
        .TakesQuery("contactId", "Only those with these contacts: ids, separated by commas.")
        .TakesQuery("taskId", "Only those of these tasks: ids, separated by commas.")
        .TakesPeriod("conversations that were created")
        .TakesQuery("vote", "Only those with a good or a bad rating, of themselves or of a message.", choices: ["up", "down"])
        .TakesQuery("text", "Only those in whose newest messages a user or the bot wrote this text.")
        .TakesMeta();
}
