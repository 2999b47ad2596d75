using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Server.Tokens;

/// <summary>The endpoints of the API tokens of the server, for its owner.</summary>
internal static class TokenEndpoints
{
    public static IServiceCollection AddTokens(this IServiceCollection services) => services
        .AddSingleton<TokenReading>()
        .AddSingleton<TokenCommands>();

    public static void MapTokens(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapGet("/server/token/list", ListAsync).WithName("listServerTokens")
            .WithSummary("Lists the API tokens of the server, for its owner");
        group.MapPost("/server/token/create", CreateAsync).WithName("createServerToken")
            .IsIdempotentSecretly<ServerTokenCreateResponse>()
            .WithSummary("Creates an API token, which is shown once");
        group.MapGet("/server/token/{tokenId}/fetch", FetchAsync).WithName("fetchServerToken")
            .WithSummary("Fetches an API token, without the token itself");
        group.MapPost("/server/token/{tokenId}/revoke", RevokeAsync).WithName("revokeServerToken").IsIdempotent()
            .WithSummary("Revokes an API token, and closes its open streams");
    });

    private static async Task<ListResult<ServerTokenItem>> ListAsync(
        ListQuery query, Caller caller, TokenReading tokens, ServerOwner owner, CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        return new(query, (page, token) => tokens.ListAsync(page, caller, token), token => token.Id);
    }

    private static async Task<JsonAnswer<ServerTokenItem>> FetchAsync(
        string tokenId, Caller caller, TokenReading tokens, ServerOwner owner, CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        return JsonAnswer.Of(await tokens.GetAsync(tokenId, caller, cancellationToken));
    }

    private static async Task<JsonAnswer<ServerTokenCreateResponse>> CreateAsync(
        JsonBody<ServerTokenCreateRequest> body, Caller caller, HttpContext context, TokenCommands tokens, ServerOwner owner,
        IdempotentCall call, CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        return JsonAnswer.Of(await tokens.CreateAsync(body.Value, context, call));
    }

    private static async Task<JsonAnswer<IdResponse>> RevokeAsync(
        string tokenId, JsonBody<EmptyRequest> body, Caller caller, HttpContext context, TokenCommands tokens, ServerOwner owner,
        IdempotentCall call, CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        return JsonAnswer.Of(await tokens.RevokeAsync(tokenId, context, call));
    }
}
