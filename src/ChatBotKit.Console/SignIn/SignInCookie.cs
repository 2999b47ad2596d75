using System.Security.Claims;
using System.Security.Cryptography;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.AdminConsole.SignIn;

/// <summary>
/// The cookie of a sign-in, which holds the encrypted API token. It is valid below the console's path alone, so that it never goes to
/// the API.
/// </summary>
internal sealed class SignInCookie(ConsoleSettings settings)
{
    public const string Name = "cbk-console";

    private readonly IDataProtector _protector = settings.Protection.CreateProtector("ChatBotKit.Console.SignIn.v1");

    /// <summary>Returns the sign-in of a request; null when there is none that is still good.</summary>
    public Ticket? Read(HttpContext context)
    {
        if (context.Request.Cookies[Name] is not { Length: > 0 } value)
            return null;
        try
        {
            var ticket = Ticket.Parse(_protector.Unprotect(value));
            return ticket?.IsGood(settings.Time.GetUtcNow()) == true ? ticket : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Makes the caller the holder of a sign-in, and renews its cookie when that is due.</summary>
    public void Accept(HttpContext context, Ticket ticket)
    {
        // Form tokens are bound to the name, so that one of another sign-in does not fit.
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, ticket.Id)], Name));
        context.RequestServices.GetRequiredService<Page>().SignIn(ticket);
        if (ticket.IsToBeRenewed(settings.Time.GetUtcNow()))
            Write(context, ticket with { Seen = settings.Time.GetUtcNow() });
    }

    public void Write(HttpContext context, Ticket ticket) =>
        context.Response.Cookies.Append(Name, _protector.Protect(ticket.Write()), Options(context, ticket));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, ticket: null));

    private static CookieOptions Options(HttpContext context, Ticket? ticket) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps || context.RequestServices.GetRequiredService<Page>().Server.StartsWith("https:", StringComparison.Ordinal),
        Path = context.RequestServices.GetRequiredService<Page>().Root,
        MaxAge = ticket is null ? null : Ticket.Idle,
    };
}
