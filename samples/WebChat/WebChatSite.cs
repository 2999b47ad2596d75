using System.Security.Claims;
using ChatBotKit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WebChat;

/// <summary>The web app: a page, a sample sign-in, and the endpoint that creates a session for the signed-in user.</summary>
public static class WebChatSite
{
    /// <summary>Creates the app.</summary>
    /// <param name="args">The command line, such as <c>--urls http://127.0.0.1:5000</c>.</param>
    /// <param name="chatServer">The address of the chat server.</param>
    /// <param name="secret">The API token, which never leaves this app.</param>
    /// <returns>The app, ready to start.</returns>
    public static WebApplication Create(string[] args, Uri chatServer, string secret)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (builder.Configuration["urls"] is null)
            builder.WebHost.UseUrls("http://127.0.0.1:5050");
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie => cookie.Cookie.SameSite = SameSiteMode.Strict);
        builder.Services.AddAuthorization();
        builder.Services.AddChatBotKit(options =>
        {
            options.Secret = secret;
            options.BaseUrl = chatServer;
        });

        var app = builder.Build();
        var chat = chatServer.GetLeftPart(UriPartial.Authority);
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html")).Replace("{chat}", chat, StringComparison.Ordinal);
        app.Use((context, next) =>
        {
            // The page runs scripts of this app and of the chat server, and connects only to these two.
            context.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self' {chat}; style-src 'self'; img-src data:; connect-src 'self' {chat}; "
                + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";
            return next(context);
        });
        app.MapGet("/", () => Results.Content(page, "text/html; charset=utf-8"));
        app.UseStaticFiles();
        app.MapPost("/sign-in", SignInAsync);
        app.MapChatBotKitSession("/chat/session", options => options.NewConversation = new ConversationCreateRequest
        {
            Name = "Web chat",
            Backstory = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "knowledge.md")),
        });
        return app;
    }

    // This sign-in accepts any name. Replace it with the sign-in of your own app.
    private static async Task<IResult> SignInAsync(HttpContext context, Visitor visitor)
    {
        var name = visitor.Name?.Trim();
        if (name is not { Length: > 0 and <= 50 })
            return Results.BadRequest();
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, name), new(ClaimTypes.Name, name)], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(new ClaimsPrincipal(identity));
        return Results.NoContent();
    }

    private sealed record Visitor(string? Name);
}
