using System.Security.Claims;

namespace ChatBotKit;

/// <summary>Reads what a session token says of its holder.</summary>
public static class ChatBotKitSessionPrincipalExtensions
{
    /// <summary>The id of the session; null when the user came without a session token.</summary>
    /// <param name="user">The user of the request.</param>
    /// <returns>The id.</returns>
    public static string? GetChatBotKitSessionId(this ClaimsPrincipal user) => Find(user, ChatBotKitClaimTypes.SessionId);

    /// <summary>The id of the conversation that the session is for; null when the user came without a session token.</summary>
    /// <param name="user">The user of the request.</param>
    /// <returns>The id.</returns>
    public static string? GetChatBotKitConversationId(this ClaimsPrincipal user) => Find(user, ChatBotKitClaimTypes.ConversationId);

    /// <summary>The id of the contact that the user is; null when nobody said.</summary>
    /// <param name="user">The user of the request.</param>
    /// <returns>The id.</returns>
    public static string? GetChatBotKitContactId(this ClaimsPrincipal user) => Find(user, ChatBotKitClaimTypes.ContactId);

    /// <summary>Whether the session may do something.</summary>
    /// <param name="user">The user of the request.</param>
    /// <param name="permission">What, such as <see cref="SessionPermission.MessagesRead"/>.</param>
    /// <returns>True when the token says so.</returns>
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
