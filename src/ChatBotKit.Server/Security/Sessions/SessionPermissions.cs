using System.Text.Json;

namespace ChatBotKit.Server.Security;

/// <summary>The permissions of a session token, all within its own conversation.</summary>
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

    /// <summary><c>message/list</c>, <c>message/…/fetch</c> and the streams of runs that another caller started.</summary>
    MessagesRead = 1 << 3,

    /// <summary><c>message/create</c>.</summary>
    MessagesWrite = 1 << 4,

    /// <summary><c>synthesize</c> of a message.</summary>
    MessagesSpeak = 1 << 5,

    /// <summary><c>attachment/upload</c>.</summary>
    AttachmentsWrite = 1 << 6,

    /// <summary><c>upvote</c> and <c>downvote</c> of a message.</summary>
    Feedback = 1 << 7,

    /// <summary><c>contact/upsert</c>.</summary>
    ContactWrite = 1 << 8,

    /// <summary><c>channel/…/publish</c>.</summary>
    ChannelsPublish = 1 << 9,

    /// <summary><c>abort</c> of a run.</summary>
    RunsAbort = 1 << 10,

    /// <summary>The calls and results of tools, and the texts that were retrieved.</summary>
    ToolsRead = 1 << 11,

    /// <summary>All permissions.</summary>
    All = (1 << 12) - 1,

    /// <summary>The default permissions, which cover everything that official clients do.</summary>
    Default = All & ~ToolsRead,
}

/// <summary>The names of the permissions in requests and responses, in a token's <c>scope</c> and in the database.</summary>
internal static class SessionPermissionNames
{
    private static readonly (SessionPermissions Permission, string Name)[] All =
    [
        (SessionPermissions.Complete, "complete"),
        (SessionPermissions.Send, "send"),
        (SessionPermissions.Receive, "receive"),
        (SessionPermissions.MessagesRead, "messages:read"),
        (SessionPermissions.MessagesWrite, "messages:write"),
        (SessionPermissions.MessagesSpeak, "messages:speak"),
        (SessionPermissions.AttachmentsWrite, "attachments:write"),
        (SessionPermissions.Feedback, "feedback"),
        (SessionPermissions.ContactWrite, "contact:write"),
        (SessionPermissions.ChannelsPublish, "channels:publish"),
        (SessionPermissions.RunsAbort, "runs:abort"),
        (SessionPermissions.ToolsRead, "tools:read"),
    ];

    private static readonly string DefaultScope = string.Join(' ', Of(SessionPermissions.Default));

    /// <summary>Returns the permission with that name; null when there is none.</summary>
    public static SessionPermissions? Find(string name)
    {
        foreach (var (permission, known) in All)
        {
            if (known == name)
                return permission;
        }

        return null;
    }

    /// <summary>Returns the names of the given permissions, always in the same order.</summary>
    public static IReadOnlyList<string> Of(SessionPermissions permissions) =>
        [.. All.Where(entry => permissions.HasFlag(entry.Permission)).Select(entry => entry.Name)];

    /// <summary>Returns the names of the stored permissions as a token's <c>scope</c>, separated by spaces.</summary>
    public static string ScopeOf(string? json) => json is null ? DefaultScope : string.Join(' ', Of(Parse(json)));

    /// <summary>Parses a stored JSON array of names, for example <c>["complete","messages:read"]</c>; null means the default.</summary>
    /// <remarks>A name that this version does not know grants nothing.</remarks>
    public static SessionPermissions Parse(string? json)
    {
        if (json is null)
            return SessionPermissions.Default;
        var permissions = SessionPermissions.None;
        using var document = JsonDocument.Parse(json);
        foreach (var name in document.RootElement.EnumerateArray())
            permissions |= Find(name.GetString() ?? "") ?? SessionPermissions.None;
        return permissions;
    }
}
