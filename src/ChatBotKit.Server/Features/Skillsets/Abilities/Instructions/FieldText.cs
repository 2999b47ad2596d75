using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>Converts the value of a field to the text that fills its slot.</summary>
internal static class FieldText
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    /// <summary>Whether the operations leave the value as it is when the slot is a whole YAML value.</summary>
    public static bool KeepsValue(IReadOnlyList<FieldOperation> operations) =>
        operations.All(operation => operation.Name is "j" or "js" or "y" or "ys");

    public static string Of(JsonNode? value, IReadOnlyList<FieldOperation> operations)
    {
        var text = Plain(value);
        foreach (var (name, argument) in operations)
        {
            text = name switch
            {
                "trim" => text.Trim(),
                "lower" => text.ToLowerInvariant(),
                "upper" => text.ToUpperInvariant(),
                "rn" => text.ReplaceLineEndings(" "),
                "euc" => Uri.EscapeDataString(text),
                // JSON is also YAML.
                "j" or "y" => Json(value),
                "js" or "ys" => Json(JsonValue.Create(text)),
                "edq" => EscapeDoubleQuotes(text),
                "dq" => $"\"{EscapeDoubleQuotes(text)}\"",
                "esq" => text.Replace("'", "''", StringComparison.Ordinal),
                "sq" => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
                "sanitize" => PatternOf(argument!).Replace(text, ""),
                _ => text,
            };
        }

        return text;
    }

    /// <summary>Returns the text of a value: a string as it is, any other value as JSON, and nothing for null.</summary>
    public static string Plain(JsonNode? value) =>
        value is null ? "" : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : Json(value);

    public static Regex PatternOf(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternLimit);

    private static string Json(JsonNode? value) => value is null ? "null" : value.ToJsonString(ChatBotKitJson.ServerOptions);

    private static string EscapeDoubleQuotes(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
