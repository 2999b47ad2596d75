using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>Converts values of the caller's own types to JSON objects and back.</summary>
internal static class TypedJson
{
    public static JsonObject ToObject<T>(T value, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return JsonSerializer.SerializeToNode(value, type) as JsonObject
            ?? throw new ArgumentException($"{typeof(T).Name} must be written as a JSON object.", nameof(value));
    }

    public static T? Read<T>(JsonNode? node, JsonTypeInfo<T> type)
    {
        try
        {
            return node.Deserialize(type);
        }
        catch (JsonException exception)
        {
            throw new ChatBotKitException($"The answer is not a {typeof(T).Name}.", ClientErrorCodes.InvalidResponse, exception);
        }
    }
}
