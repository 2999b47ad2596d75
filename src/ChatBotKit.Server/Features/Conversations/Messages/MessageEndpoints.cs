using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Messages;

internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        var messages = group.MapGroup("/conversation/{conversationId}/message");
        messages.MapPost("/create", CreateAsync)
            .AllowSession(SessionPermissions.MessagesWrite).WithName("createConversationMessage").IsIdempotent()
            .WithSummary("Stores a message");
        messages.MapGet("/list", List)
            .AllowSession(SessionPermissions.MessagesRead).OldestFirst().WithName("listConversationMessages").AnswersList<MessageItem>()
            .WithSummary("Lists the messages of a conversation");
        messages.MapGet("/{messageId}/fetch", FetchAsync)
            .AllowSession(SessionPermissions.MessagesRead).WithName("fetchConversationMessage")
            .WithSummary("Fetches a message");
        messages.MapPost("/{messageId}/update", UpdateAsync).WithName("updateConversationMessage").IsIdempotent()
            .WithSummary("Changes a message");
        messages.MapPost("/{messageId}/delete", DeleteAsync).WithName("deleteConversationMessage").IsIdempotent()
            .WithSummary("Deletes a message");
        messages.MapPost("/{messageId}/synthesize", SynthesizeAsync)
            .AllowSession(SessionPermissions.MessagesSpeak).WithName("synthesizeConversationMessage").Produces<MessageSynthesizeResponse>()
            .IsIdempotent<MessageSynthesis>((synthesis, context, speechId) => synthesis.RepeatAsync(speechId, context))
            .WithSummary("Reads a message aloud");
    });

    private static async Task<JsonAnswer<MessageCreateResponse>> CreateAsync(
        string conversationId, JsonBody<MessageCreateRequest> body, Caller caller, MessageCreation messages, IdempotentCall call) =>
        JsonAnswer.Of(await messages.CreateAsync(conversationId, body.Value, caller, call));

    private static IResult List(string conversationId, ListQuery query, Caller caller, MessageReading messages) =>
        query.Format == ResponseFormat.Json
            ? MessageListing.Of(conversationId, query, caller, messages)
            : new ListResult<MessageItem>(
                query,
                async (page, token) => (await messages.ListAsync(conversationId, page, caller, token)).ConvertAll(row => row.ToItem()),
                item => item.Id);

    private static async Task<JsonAnswer<MessageItem>> FetchAsync(
        string conversationId, string messageId, Caller caller, MessageReading messages, CancellationToken cancellationToken) =>
        JsonAnswer.Of((await messages.GetAsync(conversationId, messageId, caller, cancellationToken)).ToFullItem());

    private static async Task<JsonAnswer<MessageUpdateResponse>> UpdateAsync(
        string conversationId, string messageId, JsonBody<MessageUpdateRequest> body, Caller caller, MessageChanges messages,
        IdempotentCall call, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await messages.UpdateAsync(conversationId, messageId, body.Value, caller, call, cancellationToken));

    private static async Task<JsonAnswer<IdResponse>> DeleteAsync(
        string conversationId, string messageId, JsonBody<EmptyRequest> body, Caller caller, MessageChanges messages,
        IdempotentCall call, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await messages.DeleteAsync(conversationId, messageId, caller, call, cancellationToken));

    private static Task<IResult> SynthesizeAsync(
        string conversationId, string messageId, JsonBody<MessageSynthesizeRequest> body, MessageSynthesis synthesis, HttpContext context,
        IdempotentCall call) =>
        synthesis.SynthesizeAsync(conversationId, messageId, body.Value.Text, context, call);
}
