using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>The pages on which somebody gives a secret its value, and to which an OAuth provider sends the browser back.</summary>
internal static class SignInEndpoints
{
    private const string Callback = "/oauth/callback";

    /// <summary>The maximum size of a form. A value of 65,535 bytes has up to three times as many characters in it.</summary>
    private const int MaxFormBytes = 256 * 1024;

    private static readonly TimeSpan CookieLifetime = TimeSpan.FromMinutes(15);

    public static void MapSignIns(this IEndpointRouteBuilder app)
    {
        app.MapGet(SignInLinks.Path, OpenAsync).ExcludeFromDescription().IsOwnAnswer().WithMetadata(ClosedToOtherPages.Instance);
        app.MapPost(SignInLinks.Path, EnterAsync).ExcludeFromDescription().IsOwnAnswer().WithMetadata(ClosedToOtherPages.Instance);
        app.MapGet(Callback, ReturnAsync).ExcludeFromDescription().IsOwnAnswer().WithMetadata(ClosedToOtherPages.Instance);
    }

    /// <summary>Shows the form for a value, or leads to the page of the provider.</summary>
    private static async Task<IResult> OpenAsync(HttpContext context, SignIns signIns, SecretValueStore values, PublicAddress address)
    {
        if (await signIns.OpenAsync(context.Request.Query["token"], context.RequestAborted) is not ({ } target, { } place))
            return SignInPages.NotValid();
        if (place.Type != SecretType.OAuth)
            return SignInLinks.CanBeGiven(place) ? SignInPages.Form(place.Name, HintOf(place), fault: null) : SignInPages.NotValid();
        if (values.SettingsOf(place, out var fault) is not { IsOfClient: false } settings)
            return SignInPages.Failed(fault.Length > 0 ? fault : "Nobody signs in for this secret", StatusCodes.Status409Conflict);
        var started = signIns.Start(target, settings, address.Of(context.Request) + Callback);
        context.Response.Cookies.Append(CookieOf(started.Start), started.Browser, CookieOptionsOf(context));
        return Results.Redirect(started.Url);
    }

    /// <summary>Takes the value from the form.</summary>
    private static async Task<IResult> EnterAsync(HttpContext context, SignIns signIns, SecretValueStore values, SessionAudit audit)
    {
        if (await signIns.OpenAsync(context.Request.Query["token"], context.RequestAborted) is not ({ } target, { } place)
            || place.Type == SecretType.OAuth || !SignInLinks.CanBeGiven(place))
            return SignInPages.NotValid();
        if (await ReadValueAsync(context) is not { Length: > 0 } value)
            return SignInPages.Form(place.Name, HintOf(place), "The credential is missing");
        var faults = new Faults();
        faults.CheckText(value, "value");
        faults.CheckNul(value, "value");
        if ((faults.Message ?? values.HeaderOf(place, value).Reason) is { } fault)
            return SignInPages.Form(place.Name, HintOf(place), fault);
        return await signIns.EnterAsync(target, place, value, RecordOf(audit, context, target)) ? SignInPages.Done(place.Name) : SignInPages.NotValid();
    }

    /// <summary>Completes a sign-in when the provider has sent the browser back.</summary>
    private static async Task<IResult> ReturnAsync(HttpContext context, SignIns signIns, SecretValueStore values, SessionAudit audit)
    {
        var query = context.Request.Query;
        var (state, code, error) = ((string?)query["state"], (string?)query["code"], (string?)query["error"]);
        if (signIns.StartOf(state) is not { } start
            || await signIns.ReturnAsync(state, context.Request.Cookies[CookieOf(start)], context.RequestAborted) is not { } back
            || values.SettingsOf(back.Place, out _) is not { } settings)
            return SignInPages.NotValid();
        context.Response.Cookies.Delete(CookieOf(start), CookieOptionsOf(context));
        if (!string.IsNullOrEmpty(error))
            return SignInPages.Failed($"The provider refused: {OAuthClient.CodeOf(error)}", StatusCodes.Status403Forbidden);
        if (string.IsNullOrEmpty(code))
            return SignInPages.NotValid();
        return await signIns.FinishAsync(back, settings, code, RecordOf(audit, context, back.Target), context.RequestAborted) switch
        {
            null => SignInPages.NotValid(),
            "" => SignInPages.Done(back.Place.Name),
            var fault => SignInPages.Failed(fault, StatusCodes.Status502BadGateway),
        };
    }

    private static AuditRow RecordOf(SessionAudit audit, HttpContext context, SignInTarget target) =>
        audit.OfResource(context, SessionAuditType.SetSecret, target.AccountId, target.SecretId, target.ContactId);

    private static async Task<string?> ReadValueAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxFormBytes;
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            throw ApiException.BadRequest("The content type must be application/x-www-form-urlencoded");
        try
        {
            return (await context.Request.ReadFormAsync(new FormOptions { ValueLengthLimit = MaxFormBytes, ValueCountLimit = 4 }, context.RequestAborted))["value"];
        }
        catch (InvalidDataException)
        {
            throw ApiException.BadRequest("The form can't be read");
        }
    }

    private static string HintOf(SecretPlace place) => place.Type.Value switch
    {
        "basic" => "a name and a password, written as name:password",
        "jwt" => "a private RSA key in PKCS #8 form",
        "bearer" => "a token",
        _ => "a credential",
    };

    private static string CookieOf(string start) => $"cbk-sign-in-{start}";

    private static CookieOptions CookieOptionsOf(HttpContext context) => new()
    {
        Path = $"{context.Request.PathBase}/oauth",
        HttpOnly = true,
        // The provider's page leads to this one, so the cookie must come along.
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        MaxAge = CookieLifetime,
    };
}
