using System.Security.Claims;

namespace ChatBotKit;

/// <summary>Reads the claims of a session token.</summary>
public static class ChatBotKitSessionPrincipalExtensions
{
    /// <summary>Gets the id of the session; null when the user has no session token.</summary>
    /// <param name="user">The user of the request.</param>
    /// <returns>The id.</returns>
    public static string? GetChatBotKitSessionId(this ClaimsPrincipal user) => Find(user, ChatBotKitClaimTypes.SessionId);

    /// <summary>Gets the id of the conversation of the session; null when the user has no session token.</summary>
    /// <param name="user">The user of the request.</param>
    /// <returns>The id.</returns>
    public static string? GetChatBotKitConversationId(this ClaimsPrincipal user) => Find(user, ChatBotKitClaimTypes.ConversationId);

    /// <summary>Gets the id of the user's contact; null when it is not known.</summary>
    /// <param name="user">The user of the request.</param>
    /// <returns>The id.</returns>
    public static string? GetChatBotKitContactId(this ClaimsPrincipal user) => Find(user, ChatBotKitClaimTypes.ContactId);

    /// <summary>Whether the session has a permission.</summary>
    /// <param name="user">The user of the request.</param>
    /// <param name="permission">The permission, such as <see cref="SessionPermission.MessagesRead"/>.</param>
    /// <returns>True when the token has the permission.</returns>
    public static bool HasChatBotKitPermission(this ClaimsPrincipal user, SessionPermission permission)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.HasClaim(ChatBotKitClaimTypes.Permission, permission.Value);
    }

    private static string? Find(ClaimsPrincipal user, string type)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.FindFirst(type)?.Value;
    }
}
