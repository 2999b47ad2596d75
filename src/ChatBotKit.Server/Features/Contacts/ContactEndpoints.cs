using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Contacts;

internal static class ContactEndpoints
{
    public static void MapContacts(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapPost("/conversation/{conversationId}/contact/upsert", UpsertAsync)
            .AllowSession(SessionPermissions.ContactWrite).WithName("upsertConversationContact").IsIdempotent()
            .WithSummary("Sets the contact of a conversation");
        group.MapPost("/contact/ensure", EnsureAsync).WithName("ensureContact").IsIdempotent()
            .WithSummary("Finds the contact with a fingerprint, or creates it");
        group.MapPost("/contact/{contactId}/delete", DeleteAsync).WithName("deleteContact").IsIdempotent()
            .WithSummary("Deletes a contact with its memories and tasks, and ends its sessions");
        group.MapContactLists();
    });

    private static async Task<JsonAnswer<IdResponse>> UpsertAsync(
        string conversationId, JsonBody<ContactUpsertRequest> body, Caller caller, ContactLinks contacts, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await contacts.UpsertAsync(conversationId, body.Value, caller, call, cancellationToken));

    private static async Task<JsonAnswer<IdResponse>> EnsureAsync(
        JsonBody<ContactEnsureRequest> body, Caller caller, ContactEnsuring contacts, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await contacts.EnsureAsync(body.Value, caller, call, cancellationToken));

    private static async Task<JsonAnswer<IdResponse>> DeleteAsync(
        string contactId, JsonBody<EmptyRequest> body, ContactRemoval contacts, HttpContext context, IdempotentCall call) =>
        JsonAnswer.Of(await contacts.RemoveAsync(contactId, context, call));
}
