using ChatBotKit;
using Microsoft.AspNetCore.DataProtection;

namespace BlazorChat;

/// <summary>
/// Gives each visitor a conversation, and a cookie to find it again. The cookie is encrypted, so that nobody can address the
/// conversation of another visitor.
/// </summary>
/// <param name="api">The chat server.</param>
/// <param name="protection">Encrypts the cookie.</param>
internal sealed class VisitorConversations(ChatBotKitApi api, IDataProtectionProvider protection) : IMiddleware
{
    private const string CookieName = "talk";

    private readonly IDataProtector _protector = protection.CreateProtector(CookieName);
    private readonly string _knowledge = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "knowledge.md"));

    /// <summary>Returns the conversation that the middleware has found for this request.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The id of the conversation.</returns>
    public static string Of(HttpContext context) =>
        context.Items[CookieName] as string ?? throw new InvalidOperationException("The request was not for a page.");

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == "/" && HttpMethods.IsGet(context.Request.Method))
        {
            var conversationId = Read(context.Request.Cookies[CookieName]) ?? await CreateAsync(context);
            context.Items[CookieName] = conversationId;
        }
        await next(context);
    }

    private async Task<string> CreateAsync(HttpContext context)
    {
        var conversation = await api.Conversation.CreateAsync(
            new ConversationCreateRequest { Name = "Blazor chat", Backstory = _knowledge }, context.RequestAborted);
        context.Response.Cookies.Append(
            CookieName, _protector.Protect(conversation.Id),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps });
        return conversation.Id;
    }

    /// <returns>Null when there is no cookie, or one from an earlier start of this program.</returns>
    private string? Read(string? cookie)
    {
        try
        {
            return cookie is null ? null : _protector.Unprotect(cookie);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
