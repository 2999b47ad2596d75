using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features;

/// <summary>The free data of a resource: an object on the wire, JSON text in the store.</summary>
internal static class MetaJson
{
    /// <summary>The one key of a body's meta that says: merge, do not replace.</summary>
    private const string Update = "$update";

    public static JsonObject? Parse(string? stored) => stored is null ? null : JsonNode.Parse(stored)!.AsObject();

    /// <summary>
    /// What is stored when <paramref name="given"/> comes upon <paramref name="stored"/>: it replaces it, or is merged into
    /// it key by key.
    /// </summary>
    public static string? Apply(string? stored, JsonObject? given)
    {
        if (given is null || !IsUpdate(given))
            return given?.ToJsonString(ChatBotKitJson.ServerOptions);
        var merged = Parse(stored) ?? [];
        foreach (var (key, value) in Content(given))
            merged[key] = value?.DeepClone();
        return merged.ToJsonString(ChatBotKitJson.ServerOptions);
    }

    /// <summary>The keys that a body's meta sets, in either form.</summary>
    public static JsonObject Content(JsonObject given) => IsUpdate(given) ? (JsonObject)given[Update]! : given;

    private static bool IsUpdate(JsonObject given) => given.Count == 1 && given[Update] is JsonObject;
}
