using System.Diagnostics.CodeAnalysis;
using ChatBotKit;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Provides endpoints with which the users of an app chat.</summary>
public static class ChatBotKitEndpointExtensions
{
    /// <summary>
    /// Maps a POST that gives the signed-in user a session of the user's own conversation:
    /// <c>{conversationId, token, expiresAt, sessionId, apiUrl}</c>. With <c>{"sessionId": "…"}</c> in the body it gives a new
    /// token of that session. It takes <c>AddChatBotKit</c>; pages of other sites are refused.
    /// </summary>
    /// <param name="endpoints">The routes of the app.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="configure">Configures the user, the conversation and the session; null keeps the defaults.</param>
    /// <returns>The endpoint. It requires a signed-in user unless <c>AllowAnonymous()</c> or another policy is set.</returns>
    public static IEndpointConventionBuilder MapChatBotKitSession(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern = "/chat/session",
        Action<ChatBotKitSessionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = new ChatBotKitSessionOptions();
        configure?.Invoke(options);
        options.RequireWhole();
        return endpoints.MapPost(pattern, new SessionEndpoint(options).HandleAsync).RequireAuthorization().DisableCookieRedirect();
    }

    /// <summary>
    /// Maps a POST of <c>{"text": "…"}</c> that streams the answer, as JSON Lines or, when the browser accepts only those, as
    /// server-sent events. The app's own credential is used, so the browser gets no token, but it sees all events, also
    /// what tools were asked and have answered. It takes <c>AddChatBotKit</c>; pages of other sites are refused.
    /// </summary>
    /// <param name="endpoints">The routes of the app.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="configure">Configures the user and the conversation; null keeps the defaults.</param>
    /// <returns>The endpoint. It requires a signed-in user unless <c>AllowAnonymous()</c> or another policy is set.</returns>
    public static IEndpointConventionBuilder MapChatBotKitChat(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern = "/chat/complete",
        Action<ChatBotKitChatOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = new ChatBotKitChatOptions();
        configure?.Invoke(options);
        options.RequireWhole();
        return endpoints.MapPost(pattern, new CompleteEndpoint(options).HandleAsync).RequireAuthorization().DisableCookieRedirect();
    }
}
