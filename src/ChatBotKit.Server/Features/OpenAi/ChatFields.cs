using System.Text.Json;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>Reads the fields of a request in the OpenAI protocol. A field that is null counts as absent.</summary>
internal static class ChatFields
{
    public static JsonElement? Field(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <exception cref="ChatFault">400: the value is not an object.</exception>
    public static JsonElement RequireObject(this JsonElement value, string param) =>
        value.ValueKind == JsonValueKind.Object ? value : throw ChatFault.Type(param, "an object");

    /// <exception cref="ChatFault">400: the value is not a string.</exception>
    public static string RequireText(this JsonElement value, string param) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw ChatFault.Type(param, "a string");

    /// <exception cref="ChatFault">400: the value is not an array.</exception>
    public static IReadOnlyList<JsonElement> RequireArray(this JsonElement value, string param) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw ChatFault.Type(param, "an array");

    /// <exception cref="ChatFault">400: the value is neither true nor false.</exception>
    public static bool? Flag(this JsonElement parent, string name, string? param = null) => parent.Field(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw ChatFault.Type(param ?? name, "true or false"),
    };

    /// <exception cref="ChatFault">400: the value is not a number in the range.</exception>
    public static double? Number(this JsonElement parent, string name, double min, double max)
    {
        if (parent.Field(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max
            ? number
            : throw ChatFault.Bad(name, FormattableString.Invariant($"Invalid '{name}': expected a number from {min} to {max}."));
    }

    /// <exception cref="ChatFault">400: the value is not a whole number in the range.</exception>
    public static long? Whole(this JsonElement parent, string name, long min, long max)
    {
        if (parent.Field(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max
            ? number
            : throw ChatFault.Bad(name, FormattableString.Invariant($"Invalid '{name}': expected a whole number from {min} to {max}."));
    }

    /// <exception cref="ChatFault">400: the value is not one of the choices.</exception>
    public static string? Choice(this JsonElement parent, string name, params ReadOnlySpan<string> choices)
    {
        if (parent.Field(name) is not { } value)
            return null;
        var text = value.RequireText(name);
        return choices.Contains(text)
            ? text
            : throw ChatFault.Bad(name, $"Invalid value '{text}' for '{name}'. Supported are: {string.Join(", ", choices!)}.");
    }
}
