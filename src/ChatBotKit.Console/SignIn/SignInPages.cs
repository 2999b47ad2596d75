using System.Net;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.AdminConsole.SignIn;

/// <summary>Signs in and out. A sign-in makes an API token of its own, which is listed, expires, and is revoked at the sign-out.</summary>
internal static partial class SignInPages
{
    private const string TokenName = "Console sign-in";
    private const string Refusal = "That was not accepted. Use an API token of the owner of this server, or a new link.";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.Show("/sign-in", ShowAsync).ForStrangers();
        routes.Act("/sign-in", SignInAsync).ForStrangers();
        routes.Act("/sign-out", SignOutAsync);
    }

    private static async Task<IResult> ShowAsync(Page page)
    {
        if (page.Query("code") is { } code)
            return await RedeemAsync(page, code);
        return page.IsSignedIn ? page.Go(Local(page.Query("returnUrl"))) : Ask(page, page.Query("returnUrl"), null, StatusCodes.Status200OK);
    }

    private static async Task<IResult> SignInAsync(Page page)
    {
        var form = await page.FormAsync();
        var returnUrl = form.Text("returnUrl");
        if (Wait(page, returnUrl) is { } wait)
            return wait;
        if (form.Text("token") is not { Length: < 4096 } secret || await MakeTokenAsync(page, secret) is not { } token)
            return Refused(page, returnUrl);
        Complete(page, token);
        return page.Go(Local(returnUrl));
    }

    /// <summary>Exchanges the code of the link that the server printed. The redirect removes it from the address.</summary>
    private static async Task<IResult> RedeemAsync(Page page, string code)
    {
        if (Wait(page, null) is { } wait)
            return wait;
        var expiresAt = page.Settings.Time.GetUtcNow() + Ticket.Longest;
        if (await page.Settings.RedeemCode(code, expiresAt, page.Aborted) is not { } token)
            return Refused(page, null);
        Complete(page, token);
        // A page and not a redirect: after a link in another site's page, a redirect would not get the new cookie.
        return page.View<HopView, string>(page.To("/"));
    }

    /// <summary>Makes the API token of the sign-in; null when the given token may not.</summary>
    private static async Task<ConsoleToken?> MakeTokenAsync(Page page, string secret)
    {
        if (secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return null;
        try
        {
            var api = page.Http.RequestServices.GetRequiredService<ApiClients>().Of(secret);
            var made = await api.Server.Token.CreateAsync(
                new() { Name = TokenName, ExpiresAt = page.Settings.Time.GetUtcNow() + Ticket.Longest }, page.Aborted);
            return new ConsoleToken(made.Id, made.Token);
        }
        catch (ChatBotKitException exception) when (exception.StatusCode
            is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            return null;
        }
    }

    private static void Complete(Page page, ConsoleToken token)
    {
        var now = page.Settings.Time.GetUtcNow();
        page.Http.RequestServices.GetRequiredService<SignInThrottle>().Succeeded(page.Http.Connection.RemoteIpAddress);
        page.Http.RequestServices.GetRequiredService<SignInCookie>().Write(page.Http, new Ticket(token.Id, token.Secret, now, now));
        LogSignedIn(Logger(page), page.Http.Connection.RemoteIpAddress, token.Id);
    }

    private static async Task<IResult> SignOutAsync(Page page)
    {
        try
        {
            await page.Api.Server.Token.RevokeAsync(page.SignedIn!.Id, page.Aborted);
        }
        catch (ChatBotKitException exception) when (exception.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized)
        {
            // It is the only valid token, which the API keeps, or it has ended already. It expires by itself.
        }

        SignInCookie.Delete(page.Http);
        return page.Go("/sign-in", "signed-out");
    }

    private static IResult? Wait(Page page, string? returnUrl)
    {
        var wait = page.Http.RequestServices.GetRequiredService<SignInThrottle>().WaitOf(page.Http.Connection.RemoteIpAddress);
        if (wait == TimeSpan.Zero)
            return null;
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        page.Http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Ask(page, returnUrl, $"Too many tries. Wait {seconds} seconds.", StatusCodes.Status429TooManyRequests);
    }

    private static IResult Refused(Page page, string? returnUrl)
    {
        page.Http.RequestServices.GetRequiredService<SignInThrottle>().Failed(page.Http.Connection.RemoteIpAddress);
        LogRefused(Logger(page), page.Http.Connection.RemoteIpAddress);
        return Wait(page, returnUrl) ?? Ask(page, returnUrl, Refusal, StatusCodes.Status401Unauthorized);
    }

    private static IResult Ask(Page page, string? returnUrl, string? problem, int status) =>
        page.View<SignInView, SignInModel>(new SignInModel(Local(returnUrl), problem, IsExposed(page)), status);

    /// <summary>Whether the token would go over a network in clear text.</summary>
    private static bool IsExposed(Page page) =>
        page.Server.StartsWith("http:", StringComparison.Ordinal) && page.Http.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address);

    /// <summary>Returns the path if it is one of this console, else that of the start, so that no link leads from the sign-in to another site.</summary>
    private static string Local(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/sign-", StringComparison.Ordinal)
            && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl)
            ? path
            : "/";

    private static ILogger Logger(Page page) => page.Settings.Loggers.CreateLogger("ChatBotKit.Console.SignIn");

    [LoggerMessage(1, LogLevel.Information, "Signed in to the console from {Address} with the API token {Token}")]
    private static partial void LogSignedIn(ILogger logger, IPAddress? address, string token);

    [LoggerMessage(2, LogLevel.Warning, "Refused a sign-in to the console from {Address}")]
    private static partial void LogRefused(ILogger logger, IPAddress? address);
}

/// <summary>The content of the sign-in page.</summary>
/// <param name="ReturnUrl">The page to which the sign-in leads.</param>
/// <param name="Problem">Why the last try was refused.</param>
/// <param name="IsExposed">Whether others on the network could read the token.</param>
public sealed record SignInModel(string ReturnUrl, string? Problem, bool IsExposed);
