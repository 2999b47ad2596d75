using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Automations;

/// <summary>The content of the form of an automation: a text for each field; null for an empty one.</summary>
/// <param name="Values">The texts by the names of the fields.</param>
public sealed record AutomationFields(IReadOnlyDictionary<string, string?> Values)
{
    private const string On = "on";

    /// <summary>Returns the text of a field.</summary>
    public string? this[AutomationField field] => Values.GetValueOrDefault(field.Name);

    /// <summary>Returns whether a checkbox is set.</summary>
    public bool IsOn(AutomationField field) => this[field] == On;

    internal static AutomationFields OfNew(AutomationKind kind) => new(kind.Fields.ToDictionary(static field => field.Name, static field => field.Default, StringComparer.Ordinal));

    internal static AutomationFields From(AutomationKind kind, Form form) =>
        new(kind.Fields.ToDictionary(static field => field.Name, field => form.Text(field.Name), StringComparer.Ordinal));

    /// <summary>Reads the stored settings.</summary>
    internal static AutomationFields Of(AutomationKind kind, JsonObject stored)
    {
        return new(kind.Fields.ToDictionary(static field => field.Name, TextOf, StringComparer.Ordinal));

        string? TextOf(AutomationField field) => stored[field.Name] switch
        {
            null => null,
            JsonObject json => json.ToJsonString(JsonText.WithoutNulls),
            var value when field.Input == AutomationInput.Check => value.GetValueKind() == JsonValueKind.True ? On : null,
            var value => value.ToString(),
        };
    }

    /// <summary>Returns the settings as the body of a request. An empty field is null, which removes the stored value.</summary>
    /// <exception cref="PageRefusedException">The text of a field is not JSON.</exception>
    internal JsonObject ToJson(AutomationKind kind) =>
        new(kind.Fields.Select(field => KeyValuePair.Create(field.Name, ValueOf(field))));

    private JsonNode? ValueOf(AutomationField field) => (field.Input, this[field]) switch
    {
        (AutomationInput.Check, _) => IsOn(field),
        (_, null) => null,
        (AutomationInput.NumberChoice, { } text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : text,
        (AutomationInput.Json, { } text) => ObjectOf(field, text),
        (_, { } text) => text,
    };

    private static JsonObject ObjectOf(AutomationField field, string text)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonObject json)
                return json;
        }
        catch (JsonException)
        {
            // The refusal says it for both.
        }

        throw new PageRefusedException(400, $"{field.Label} is not a JSON object.");
    }
}
