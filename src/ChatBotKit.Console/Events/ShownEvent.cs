using System.Text.Json;
using ChatBotKit.AdminConsole.Layout;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Events;

/// <summary>An event with the resources that it names.</summary>
/// <param name="Event">The event.</param>
/// <param name="Things">The resources, in the order of the API's fields.</param>
/// <param name="Details">Its <c>meta</c> as JSON on several lines; null when there is none.</param>
public sealed record ShownEvent(EventLogItem Event, IReadOnlyList<EventThing> Things, string? Details)
{
    private const string IdField = "Id";
    private const string Deleted = ".delete";

    internal static ShownEvent Of(EventLogItem item)
    {
        var fields = JsonSerializer.SerializeToNode(item, ChatBotKitJson.ClientOptions)!.AsObject();
        // The resource that was deleted has no page any more.
        var gone = item.Type.EndsWith(Deleted, StringComparison.Ordinal) ? KindOf(item.Type[..^Deleted.Length]) : null;
        var things = new List<EventThing>();
        foreach (var (field, _) in fields)
        {
            if (!field.EndsWith(IdField, StringComparison.Ordinal) || ResourcePaths.TextOf(fields, field) is not { } id)
                continue;
            var kind = field[..^IdField.Length];
            things.Add(new EventThing(WordsOf(kind), id, kind == gone ? null : ResourcePaths.Of(kind, id, fields)));
        }

        return new ShownEvent(item, things, item.Meta is { Count: > 0 } meta ? meta.ToJsonString(JsonText.WithoutNulls) : null);
    }

    /// <summary>Returns the kind as fields name it: <c>widgetIntegration</c> for <c>integration.widget</c>.</summary>
    private static string KindOf(string type) => type.Split('.') is [{ Length: > 0 } family, var kind] ? $"{kind}{char.ToUpperInvariant(family[0])}{family[1..]}" : type;

    /// <summary>Returns a kind for people: <c>widget integration</c>.</summary>
    private static string WordsOf(string kind) => string.Concat(kind.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}

/// <summary>A resource that an event names.</summary>
/// <param name="Kind">The kind, for people.</param>
/// <param name="Id">The id.</param>
/// <param name="Path">The path of its page; null when there is none.</param>
public sealed record EventThing(string Kind, string Id, string? Path);
