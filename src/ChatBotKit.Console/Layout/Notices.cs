using System.Collections.Frozen;

namespace ChatBotKit.AdminConsole.Layout;

/// <summary>The texts of the notices. An address has only the name of a notice, so that no link can put words on a page.</summary>
internal static class Notices
{
    private static readonly FrozenDictionary<string, string> Texts = new Dictionary<string, string>
    {
        ["signed-out"] = "You are signed out.",
        ["saved"] = "Saved.",
        ["created"] = "Created.",
        ["deleted"] = "Deleted.",
        ["uploaded"] = "Uploaded. The file is being imported.",
        ["retried"] = "The file will be imported again.",
        ["retried-work"] = "The work will be tried again.",
        ["started"] = "Started.",
        ["canceled"] = "Canceled.",
        ["value-removed"] = "The value is removed.",
        ["dropped"] = "Dropped.",
        ["revoked"] = "Revoked. Open streams have ended.",
        ["rotated"] = "A new key signs from now on.",
        ["imported"] = "Imported.",
        ["cloned"] = "Cloned. This is the copy.",
        ["sample"] = "The sample bot is ready. Ask it something.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string? TextOf(string? name) => name is null ? null : Texts.GetValueOrDefault(name);
}
