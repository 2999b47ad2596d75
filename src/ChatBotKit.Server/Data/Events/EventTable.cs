using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data;

/// <summary>The table of the event log.</summary>
internal static class EventTable
{
    public static SqlTable<EventEntry> Rows { get; } = new(
        "Events",
        ["AccountId", "Number", "Type", "ConversationId", "ContactId", "BotId", "TaskId", "Links", "Meta"],
        static row => new(row.GetString(0), row.GetString(2), row.GetInt64(1))
        {
            ConversationId = row.GetStringOrNull(3),
            ContactId = row.GetStringOrNull(4),
            BotId = row.GetStringOrNull(5),
            TaskId = row.GetStringOrNull(6),
            Links = LinksOf(row.GetStringOrNull(7)),
            Meta = row.GetStringOrNull(8),
        },
        static (entry, to) => to.Fill(
            entry.AccountId, entry.Number, entry.Type, entry.ConversationId, entry.ContactId, entry.BotId, entry.TaskId,
            TextOf(entry.Links), entry.Meta),
        keys: 2);

    /// <summary>Returns the links as JSON text; null for none.</summary>
    public static string? TextOf(IReadOnlyList<EventLink> links)
    {
        if (links.Count == 0)
            return null;
        var text = new JsonObject();
        foreach (var link in links)
            text[link.Field] = link.Id;
        return text.ToJsonString();
    }

    private static EventLink[] LinksOf(string? text)
    {
        if (text is null)
            return [];
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.EnumerateObject().Select(link => new EventLink(link.Name, link.Value.GetString()!))];
    }
}
