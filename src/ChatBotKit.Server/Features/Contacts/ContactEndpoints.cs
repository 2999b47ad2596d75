using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Contacts;

internal static class ContactEndpoints
{
    public static void MapContacts(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapPost("/conversation/{conversationId}/contact/upsert", UpsertAsync)
            .AllowSession(SessionPermissions.ContactWrite).WithName("upsertConversationContact").Produces<IdResponse>()
            .WithSummary("Says who the conversation is with"));

    private static Task<IResult> UpsertAsync(
        string conversationId, JsonBody<ContactUpsertRequest> body, Caller caller, ContactLinks contacts,
        Idempotency idempotency, HttpContext context, CancellationToken cancellationToken) =>
        idempotency.RunAsync(context, body.Hash, async call =>
            JsonAnswer.Of(await contacts.UpsertAsync(conversationId, body.Value, caller, call, cancellationToken)));
}
