using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Partners.Users.Tokens;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Partners.Users.Sessions;

/// <summary>
/// Opens sessions of users. A session is an API token of the user that ends soon: so it can be ended at once, and ends with its user.
/// </summary>
internal sealed class PartnerUserSessions(UserTokenMaker maker, ShownOnce shown, TimeProvider time)
{
    public const int DefaultSeconds = 900;

    public const int MaxSeconds = 86_400;

    /// <exception cref="ApiException">400: fields that can't be used; 404: no such user; 429: the user has too many sessions.</exception>
    public async Task<PartnerUserSessionCreateResponse> CreateAsync(
        string user, PartnerUserSessionCreateRequest request, HttpContext context, IdempotentCall call)
    {
        Check(request);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var end = DateTimeOffset.FromUnixTimeMilliseconds(now).AddSeconds(request.DurationInSeconds ?? DefaultSeconds);
        var response = new PartnerUserSessionCreateResponse { Id = Ids.New(now), Token = ApiTokens.NewSecret(), ExpiresAt = end };
        var (hash, keyId) = maker.HashOf(response.Token);
        await maker.StoreAsync(
            user,
            context,
            accountId => new ApiTokenRow
            {
                Id = response.Id,
                AccountId = accountId,
                Hash = hash,
                KeyId = keyId,
                CreatedAt = now,
                ExpiresAt = end.ToUnixTimeMilliseconds(),
                Config = UserTokenConfig.ToJson(request.Config),
                UpdatedAt = now,
                IsSession = true,
            },
            call.AnsweredFrom(shown.Protect(response)));
        return response;
    }

    private static void Check(PartnerUserSessionCreateRequest request)
    {
        var faults = new Faults();
        faults.CheckRange(request.DurationInSeconds, 1, MaxSeconds, "durationInSeconds");
        if (request.Config?.AllowedRoutes is { } routes)
            AllowedRoutes.Check(routes, faults);
        if (request.Config?.ContactId is not null)
            faults.Add("\"config.contactId\" is not allowed: this server can't restrict a token by it");
        faults.ThrowIfAny();
    }
}
