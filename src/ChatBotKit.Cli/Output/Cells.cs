using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Cli.Output;

/// <summary>How a value of the API is shown to people.</summary>
internal static class Cells
{
    private const double FirstTime = 1e11;
    private const double LastTime = 253402300799999;

    private static readonly string[] TimeEndings = ["At", "Until", "On", "Time", "Timestamp", "Date", "time", "timestamp", "date"];

    /// <param name="name">The name of the field, which can show that a number is a time.</param>
    /// <param name="value">Its value.</param>
    public static string Of(string name, JsonNode? value) => TerminalText.Clean(value switch
    {
        null => "",
        JsonValue when TimeOf(name, value) is { } time => time,
        JsonValue when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue => JsonText.Of(value, indented: false),
        _ => JsonText.Of(WithTimes(value), indented: false),
    });

    /// <summary>Returns the time when the number is a time in milliseconds, as the API writes them; otherwise null.</summary>
    private static string? TimeOf(string name, JsonNode value) =>
        value.GetValueKind() == JsonValueKind.Number && TimeEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
        && double.TryParse(JsonText.Of(value, indented: false), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds is >= FirstTime and <= LastTime
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).ToString("u", CultureInfo.InvariantCulture)
            : null;

    private static JsonNode? WithTimes(JsonNode? node) => node switch
    {
        JsonObject item => new JsonObject(item.Select(field => KeyValuePair.Create(
            field.Key, field.Value is JsonValue value && TimeOf(field.Key, value) is { } time ? time : WithTimes(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(WithTimes)]),
        _ => node?.DeepClone(),
    };
}
