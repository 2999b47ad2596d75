using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Contacts;

internal static class ContactEndpoints
{
    public static void MapContacts(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapPost("/conversation/{conversationId}/contact/upsert", UpsertAsync)
            .AllowSession(SessionPermissions.ContactWrite).WithName("upsertConversationContact").Produces<IdResponse>()
            .WithSummary("Says who the conversation is with");
        group.MapPost("/contact/ensure", EnsureAsync).WithName("ensureContact").Produces<IdResponse>()
            .WithSummary("Finds the contact with a fingerprint, or creates it");
        group.MapPost("/contact/{contactId}/delete", DeleteAsync).WithName("deleteContact").Produces<IdResponse>()
            .WithSummary("Deletes a contact with its memories and tasks, and ends its sessions");
        group.MapContactLists();
    });

    private static Task<IResult> UpsertAsync(
        string conversationId, JsonBody<ContactUpsertRequest> body, Caller caller, ContactLinks contacts,
        Idempotency idempotency, HttpContext context, CancellationToken cancellationToken) =>
        idempotency.RunAsync(context, body.Hash, async call =>
            JsonAnswer.Of(await contacts.UpsertAsync(conversationId, body.Value, caller, call, cancellationToken)));

    private static Task<IResult> EnsureAsync(
        JsonBody<ContactEnsureRequest> body, Caller caller, ContactEnsuring contacts,
        Idempotency idempotency, HttpContext context, CancellationToken cancellationToken) =>
        idempotency.RunAsync(context, body.Hash, async call =>
            JsonAnswer.Of(await contacts.EnsureAsync(body.Value, caller, call, cancellationToken)));

    private static Task<IResult> DeleteAsync(
        string contactId, JsonBody<EmptyRequest> body, ContactRemoval contacts, Idempotency idempotency, HttpContext context) =>
        idempotency.RunAsync(context, body.Hash, async call => JsonAnswer.Of(await contacts.RemoveAsync(contactId, context, call)));
}
