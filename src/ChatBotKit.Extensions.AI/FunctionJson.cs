using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>Converts the arguments and results of functions between .NET values and JSON.</summary>
internal static class FunctionJson
{
    private static readonly JsonTypeInfo<object> AnyType =
        (JsonTypeInfo<object>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object));

    public static Dictionary<string, object?> ReadArguments(JsonElement? arguments)
    {
        var read = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (arguments is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var argument in given.EnumerateObject())
                read[argument.Name] = argument.Value;
        }
        return read;
    }

    public static JsonObject WriteArguments(IDictionary<string, object?>? arguments)
    {
        var written = new JsonObject();
        foreach (var (name, value) in arguments ?? new Dictionary<string, object?>())
            written[name] = ToNode(value);
        return written;
    }

    /// <summary>
    /// Writes the value as JSON text with as few escapes as possible, because a model reads it and escapes cost tokens.
    /// </summary>
    public static string ToText(JsonNode? value) => value?.ToJsonString(ChatBotKitJson.ClientOptions) ?? "null";

    public static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        JsonElement element => JsonNode.Parse(element.GetRawText()),
        string text => JsonValue.Create(text),
        _ => JsonSerializer.SerializeToNode(value, AnyType),
    };
}
