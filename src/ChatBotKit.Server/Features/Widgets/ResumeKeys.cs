using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Features.Widgets;

/// <summary>
/// Creates the keys with which visitors come back to their conversations. A key is encrypted and names the session, so nothing is stored
/// for it, and it ends with the session.
/// </summary>
internal sealed class ResumeKeys(Lazy<IDataProtectionProvider> protection)
{
    private const char Separator = '/';

    /// <summary>The maximum length of a key. Keys have about 200 characters.</summary>
    private const int MaxLength = 1024;

    /// <summary>Creates the key of a session.</summary>
    public string Create(string widgetId, string conversationId, string sessionId) =>
        Protector().Protect(string.Join(Separator, widgetId, conversationId, sessionId));

    /// <summary>Reads a key of the widget.</summary>
    /// <returns>The conversation and the session; null for a key that this server did not create for this widget.</returns>
    public (string ConversationId, string SessionId)? Read(string key, string widgetId)
    {
        if (key.Length > MaxLength)
            return null;
        try
        {
            return Protector().Unprotect(key).Split(Separator) is [var widget, var conversation, var session] && widget == widgetId
                ? (conversation, session)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector() => protection.Value.CreateProtector("WidgetResumeKeys");
}
