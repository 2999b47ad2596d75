using System.Text.Json;

namespace ChatBotKit.Server.Security;

/// <summary>What a session token may be allowed to do, all within its own conversation.</summary>
[Flags]
internal enum SessionPermissions
{
    None = 0,

    /// <summary><c>complete</c>.</summary>
    Complete = 1 << 0,

    /// <summary><c>send</c>.</summary>
    Send = 1 << 1,

    /// <summary><c>receive</c>.</summary>
    Receive = 1 << 2,

    /// <summary><c>contact/upsert</c>.</summary>
    Contact = 1 << 3,

    /// <summary><c>attachment/upload</c>.</summary>
    Attach = 1 << 4,

    /// <summary><c>upvote</c> and <c>downvote</c> of a message.</summary>
    Rate = 1 << 5,

    /// <summary><c>synthesize</c> of a message.</summary>
    Synthesize = 1 << 6,

    /// <summary><c>channel/…/publish</c>.</summary>
    Publish = 1 << 7,

    /// <summary><c>message/list</c>, <c>message/…/fetch</c> and the streams of its runs.</summary>
    Read = 1 << 8,

    /// <summary><c>message/create</c>.</summary>
    Write = 1 << 9,

    /// <summary><c>abort</c> of a run.</summary>
    Abort = 1 << 10,

    /// <summary>Everything; what a session has unless it was minted with less.</summary>
    All = Complete | Send | Receive | Contact | Attach | Rate | Synthesize | Publish | Read | Write | Abort,
}

internal static class SessionPermissionNames
{
    /// <summary>The permissions of a stored JSON array of names, for example <c>["complete","read"]</c>; null means all.</summary>
    /// <remarks>A name that this version does not know grants nothing.</remarks>
    public static SessionPermissions Parse(string? json)
    {
        if (json is null)
            return SessionPermissions.All;
        var permissions = SessionPermissions.None;
        using var document = JsonDocument.Parse(json);
        foreach (var name in document.RootElement.EnumerateArray())
        {
            var text = name.GetString() ?? "";
            // The parser also takes numbers, which are no names.
            if (text.All(char.IsAsciiLetter) && Enum.TryParse<SessionPermissions>(text, ignoreCase: true, out var permission))
                permissions |= permission;
        }

        return permissions;
    }
}
