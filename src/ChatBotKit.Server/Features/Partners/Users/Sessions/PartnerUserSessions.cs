using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Partners.Users.Tokens;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Partners.Users.Sessions;

/// <summary>
/// Creates sessions of users. A session is a short-lived API token of the user, so it can be revoked at once and is deleted with the
/// user.
/// </summary>
internal sealed class PartnerUserSessions(UserTokenMaker maker, TimeProvider time)
{
    public const int DefaultSeconds = 900;

    public const int MaxSeconds = 86_400;

    /// <exception cref="ApiException">
    /// 400: a field is invalid; 404: the user does not exist; 429: the user has too many sessions.
    /// </exception>
    public Task<PartnerUserSessionCreateResponse> CreateAsync(
        string user, PartnerUserSessionCreateRequest request, HttpContext context, IdempotentCall call)
    {
        Check(request);
        // Times are stored in milliseconds, and the response must contain the stored time.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var end = now.AddSeconds(request.DurationInSeconds ?? DefaultSeconds);
        return maker.MakeAsync(
            user,
            new UserTokenTerms(now) { Config = UserTokenConfig.ToJson(request.Config), SessionEnd = end },
            (id, token) => new PartnerUserSessionCreateResponse { Id = id, Token = token, ExpiresAt = end },
            context,
            call);
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
