using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// The placeholders with data of bots and files: <c>${BOT_NAME}</c> of the bot of the run, <c>${BOT_x_NAME}</c> and <c>${FILE_x_NAME}</c>
/// of the resource with the id or alias <c>x</c>, and <c>${FILE_x}</c> for the text of a file.
/// </summary>
internal static class ResourcePlaceholders
{
    private const string BotPrefix = "BOT_";
    private const string FilePrefix = "FILE_";
    private const string FileKind = "file";
    private const string Contents = "CONTENTS";

    /// <summary>The maximum number of other bots and files that a run reads.</summary>
    private const int MaxResources = 20;

    private static readonly string[] BotFields = ["ID", "NAME", "DESCRIPTION", "BACKSTORY", "MODEL"];

    private static readonly string[] FileFields = ["ID", "NAME", "DESCRIPTION", Contents];

    /// <summary>Adds the values that are in the documents of the resources.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="values">The values by the names of the placeholders.</param>
    /// <param name="names">The names of the placeholders.</param>
    /// <param name="accountId">The account, which must be allowed to use the resources.</param>
    /// <param name="botId">The bot of the run; null for none.</param>
    /// <returns>The placeholders for the texts of files, with the ids of the files.</returns>
    public static async ValueTask<IReadOnlyList<(string Name, string FileId)>> AddAsync(
        ISqlSession db, Dictionary<string, string> values, IReadOnlySet<string> names, string accountId, string? botId)
    {
        var texts = new List<(string, string)>();
        var found = new Dictionary<string, ResourceRow?>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var isBot = name.StartsWith(BotPrefix, StringComparison.Ordinal);
            if (!isBot && !name.StartsWith(FilePrefix, StringComparison.Ordinal))
                continue;
            var (kind, rest) = isBot ? (Bot.Kind, name[BotPrefix.Length..]) : (FileKind, name[FilePrefix.Length..]);
            var (address, field) = Split(rest, isBot ? BotFields : FileFields, isBot ? botId : null);
            if (address is null)
                continue;
            var key = $"{kind} {address}";
            if (!found.TryGetValue(key, out var row) && found.Count < MaxResources)
                found[key] = row = await FindAsync(db, kind, address, accountId);
            if (row is null)
                continue;
            if (!isBot && field == Contents)
                texts.Add((name, row.Id));
            else if (ValueOf(row, field) is { Length: > 0 } value)
                values.TryAdd(name, value);
        }

        return texts;
    }

    /// <summary>Divides the name of a placeholder into the address of the resource and the field.</summary>
    private static (string? Address, string Field) Split(string name, string[] fields, string? own)
    {
        if (fields.Contains(name))
            return (own, name);
        var at = name.LastIndexOf('_');
        if (at > 0 && fields.Contains(name[(at + 1)..]))
            return (name[..at], name[(at + 1)..]);
        // Only a file has a value without a field: its text.
        return fields == FileFields ? (name, Contents) : (null, "");
    }

    private static async ValueTask<ResourceRow?> FindAsync(ISqlSession db, string kind, string address, string accountId)
    {
        var row = await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, address, kind)
            ?? await db.FirstAsync(ResourceTable.Rows, ResourceTable.WithKey, accountId, kind, address)
            ?? await db.FirstAsync(ResourceTable.Rows, ResourceTable.WithKey, accountId, kind, address.ToLowerInvariant());
        return row is not null && await db.MayUseAsync(row, accountId) ? row : null;
    }

    private static string? ValueOf(ResourceRow row, string field)
    {
        if (field == "ID")
            return row.Id;
        using var document = JsonDocument.Parse(row.Data, JsonRules.Stored);
        return document.RootElement.TryGetProperty(field.ToLowerInvariant(), out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
