using System.Globalization;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.AdminConsole.Events;

/// <summary>The events that are shown: those that match all fields that are not null.</summary>
/// <param name="Type">The types, separated by commas.</param>
/// <param name="Bot">The id of a bot.</param>
/// <param name="Conversation">The id of a conversation.</param>
/// <param name="Contact">The id of a contact.</param>
/// <param name="Task">The id of a task.</param>
/// <param name="Dataset">The id of a dataset.</param>
/// <param name="Blueprint">The id of a blueprint.</param>
/// <param name="To">The minute in UTC of the newest event.</param>
public sealed record EventFilter(
    string? Type, string? Bot, string? Conversation, string? Contact, string? Task, string? Dataset, string? Blueprint, DateTime? To)
{
    private const string MinuteFormat = "yyyy-MM-dd'T'HH:mm";

    /// <summary>Gets whether some events are left out.</summary>
    public bool IsSet => this != new EventFilter(null, null, null, null, null, null, null, null);

    /// <summary>Gets the filter as a query of the console's pages, which begins with <c>?</c>; empty for all events.</summary>
    public string Query => QueryString.Create(Given(
        ("type", Type), ("bot", Bot), ("conversation", Conversation), ("contact", Contact), ("task", Task), ("dataset", Dataset), ("blueprint", Blueprint),
        ("to", ToText))).Value!;

    /// <summary>Gets the filter as a query of the API, which begins with <c>?</c>; empty for all events.</summary>
    public string ApiQuery => QueryString.Create(Given(
        ("type", Type), ("botId", Bot), ("conversationId", Conversation), ("contactId", Contact), ("taskId", Task),
        ("datasetId", Dataset), ("blueprintId", Blueprint), ("to", ToText is { } to ? $"{to}:59.999Z" : null))).Value!;

    /// <summary>Gets the minute of the newest event as the field of a form has it.</summary>
    public string? ToText => To?.ToString(MinuteFormat, CultureInfo.InvariantCulture);

    internal static EventFilter From(Page page)
    {
        return new(Read("type"), Read("bot"), Read("conversation"), Read("contact"), Read("task"), Read("dataset"), Read("blueprint"), ReadMinute("to"));

        string? Read(string name) => page.Query(name)?.Trim() is { Length: > 0 } value ? value : null;

        DateTime? ReadMinute(string name) => DateTime.TryParseExact(Read(name), MinuteFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var minute) ? minute : null;
    }

    internal EventLogListRequest ToRequest() => new()
    {
        Type = Type,
        BotId = Bot,
        ConversationId = Conversation,
        ContactId = Contact,
        TaskId = Task,
        DatasetId = Dataset,
        BlueprintId = Blueprint,
        // The minute is seen to its end.
        To = To is { } to ? new DateTimeOffset(to, TimeSpan.Zero).AddMinutes(1).AddMilliseconds(-1) : null,
    };

    private static IEnumerable<KeyValuePair<string, string?>> Given(params (string Name, string? Value)[] fields) =>
        fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value));
}
