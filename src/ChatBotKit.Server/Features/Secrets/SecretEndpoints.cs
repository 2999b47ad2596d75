using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Secrets;

internal static class SecretEndpoints
{
    public static void MapSecrets(this IEndpointRouteBuilder app)
    {
        app.MapApi(group =>
        {
            group.MapPost("/secret/{secretId}/verify", VerifyAsync).WithName("verifySecret")
                .WithSummary("Verifies that a secret can be used");
            group.MapPost("/secret/{secretId}/authenticate", AuthenticateAsync).WithName("authenticateSecret")
                .WithSummary("Creates the address of the page on which a shared secret gets its value");
            group.MapPost("/secret/{secretId}/revoke", RevokeAsync).WithName("revokeSecret").IsIdempotent()
                .WithSummary("Revokes the value of a shared secret");
            group.MapGet("/contact/{contactId}/secret/list", ListAsync).WithName("listContactSecrets").AnswersList<SecretItem>()
                .WithSummary("Lists the secrets for which a contact has a value");
            group.MapPost("/contact/{contactId}/secret/{secretId}/verify", VerifyOfContactAsync).WithName("verifyContactSecret")
                .WithSummary("Verifies that a contact has a value for a secret that can be used");
            group.MapPost("/contact/{contactId}/secret/{secretId}/authenticate", AuthenticateContactAsync).WithName("authenticateContactSecret")
                .WithSummary("Creates the address of the page on which a contact gives its value for a secret");
            group.MapPost("/contact/{contactId}/secret/{secretId}/revoke", RevokeOfContactAsync).WithName("revokeContactSecret").IsIdempotent()
                .WithSummary("Revokes the value of a contact for a secret");
        });
        app.MapSignIns();
    }

    private static async Task<JsonAnswer<SecretVerifyResponse>> VerifyAsync(
        string secretId, JsonBody<EmptyRequest> body, HttpContext context, IStore store, SecretActions actions)
    {
        var place = await store.GetUsableAsync(secretId, context.Caller().AccountId, context.RequestAborted);
        return JsonAnswer.Of(await actions.VerifyAsync(place, context));
    }

    private static async Task<JsonAnswer<SecretAuthenticateResponse>> AuthenticateAsync(
        string secretId, JsonBody<EmptyRequest> body, HttpContext context, IStore store, SecretActions actions)
    {
        var place = await store.GetSharedAsync(secretId, context.Caller().AccountId, context.RequestAborted);
        return JsonAnswer.Of(actions.Authenticate(place, context));
    }

    private static async Task<JsonAnswer<IdResponse>> RevokeAsync(
        string secretId, JsonBody<EmptyRequest> body, HttpContext context, IStore store, SecretActions actions, IdempotentCall call)
    {
        var place = await store.GetSharedAsync(secretId, context.Caller().AccountId, context.RequestAborted);
        return JsonAnswer.Of(await actions.RevokeAsync(place, call, context));
    }

    private static async Task<IResult> ListAsync(
        string contactId, ListQuery query, Caller caller, ContactStore contacts, ResourceListing lists, ResourceKinds kinds, CancellationToken cancellationToken)
    {
        var contact = await contacts.FindAsync(contactId, caller.AccountId, cancellationToken) ?? throw ApiException.NotFound("Contact");
        return lists.List(kinds.Find(SecretKinds.Name)!, caller.AccountId, query, sql =>
        {
            // A secret of another account can be used and not read.
            sql.Add($" AND \"AccountId\" = {caller.AccountId}");
            sql.AddWithValueOf(contact.Id);
        });
    }

    private static async Task<JsonAnswer<SecretVerifyResponse>> VerifyOfContactAsync(
        string contactId, string secretId, JsonBody<EmptyRequest> body, HttpContext context, IStore store, SecretActions actions)
    {
        var place = await store.GetPersonalAsync(contactId, secretId, context.Caller().AccountId, context.RequestAborted);
        return JsonAnswer.Of(await actions.VerifyAsync(place, context));
    }

    private static async Task<JsonAnswer<SecretAuthenticateResponse>> AuthenticateContactAsync(
        string contactId, string secretId, JsonBody<EmptyRequest> body, HttpContext context, IStore store, SecretActions actions)
    {
        var place = await store.GetPersonalAsync(contactId, secretId, context.Caller().AccountId, context.RequestAborted);
        return JsonAnswer.Of(actions.Authenticate(place, context));
    }

    private static async Task<JsonAnswer<IdResponse>> RevokeOfContactAsync(
        string contactId, string secretId, JsonBody<EmptyRequest> body, HttpContext context, IStore store, SecretActions actions, IdempotentCall call)
    {
        var place = await store.GetPersonalAsync(contactId, secretId, context.Caller().AccountId, context.RequestAborted);
        return JsonAnswer.Of(await actions.RevokeAsync(place, call, context));
    }
}
