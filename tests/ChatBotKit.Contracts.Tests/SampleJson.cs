using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Contracts.Tests;

/// <summary>Creates a JSON value for a type, with every field set, from the serializer's metadata.</summary>
internal static class SampleJson
{
    public static JsonNode Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Scalar(type) is { } scalar)
            return scalar;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>))
            return Of(type.GetGenericArguments()[0]);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return new JsonArray(Of(type.GetGenericArguments()[0]));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            return new JsonObject { ["content-type"] = Of(type.GetGenericArguments()[1]) };

        var info = ChatBotKitJson.ServerOptions.GetTypeInfo(type);
        Assert.Equal(JsonTypeInfoKind.Object, info.Kind);
        return new JsonObject(info.Properties
            .Where(property => !property.IsExtensionData)
            .Select(property => KeyValuePair.Create(property.Name, (JsonNode?)Of(property))));
    }

    // A time with a custom converter is an ISO 8601 text; all others are numbers.
    private static JsonNode Of(JsonPropertyInfo property) =>
        property.CustomConverter is JsonConverter<DateTimeOffset?> ? "2026-01-01T00:00:00.001Z" : Of(property.PropertyType);

    private static JsonNode? Scalar(Type type) => type switch
    {
        _ when type == typeof(string) => "текст",
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) || type == typeof(long) => 7,
        _ when type == typeof(double) => 2.5,
        _ when type == typeof(DateTimeOffset) => 1767225600001,
        _ when type == typeof(ReadOnlyMemory<byte>) => "AAEC",
        _ when type == typeof(JsonElement) || type == typeof(JsonNode) || type == typeof(JsonObject) => new JsonObject { ["a"] = 1 },
        _ when type == typeof(ContactReference) => Of(typeof(ContactUpsertRequest)),
        _ when type == typeof(AttachmentFile) || type == typeof(SpaceStorageFile) => "https://example.com/a.pdf",
        _ when type == typeof(RunEvent) => new JsonObject { ["type"] = "token", ["data"] = new JsonObject { ["type"] = "bot", ["token"] = "a" } },
        _ when type == typeof(TokenEventData) => new JsonObject { ["type"] = "bot", ["token"] = "a" },
        { IsValueType: true } when type.GetProperty("Value") is not null && !type.IsGenericType => "new-value",
        _ => null,
    };
}
