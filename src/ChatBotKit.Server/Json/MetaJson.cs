using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Json;

/// <summary>The free data of a resource: an object on the wire, JSON text in the store.</summary>
internal static class MetaJson
{
    /// <summary>The one key of a body's meta that says: merge, do not replace.</summary>
    private const string Update = "$update";

    public static JsonObject? Parse(string? stored) => stored is null ? null : JsonNode.Parse(stored, documentOptions: JsonRules.Stored)!.AsObject();

    /// <summary>
    /// What is stored when <paramref name="given"/> comes upon <paramref name="stored"/>: it replaces it, or is merged into
    /// it key by key.
    /// </summary>
    /// <param name="stored">What is there.</param>
    /// <param name="given">What came, which is not larger than <paramref name="maxBytes"/>.</param>
    /// <param name="maxBytes">The largest that both may become together.</param>
    /// <exception cref="ApiException">400: together they are too large.</exception>
    public static string? Apply(string? stored, JsonObject? given, int maxBytes = FieldRules.MaxFreeBytes)
    {
        if (given is null || !IsUpdate(given))
            return given?.ToJsonString(ChatBotKitJson.ServerOptions);
        var merged = Parse(stored) ?? [];
        foreach (var (key, value) in Content(given))
            merged[key] = value?.DeepClone();
        var json = merged.ToJsonString(ChatBotKitJson.ServerOptions);
        return Encoding.UTF8.GetByteCount(json) <= maxBytes ? json : throw TooLarge(maxBytes);
    }

    /// <summary>The same with free data that is read already.</summary>
    /// <exception cref="ApiException">400: together they are too large.</exception>
    public static JsonObject Merge(JsonObject? stored, JsonObject given, int maxBytes = FieldRules.MaxFreeBytes)
    {
        var merged = Put(stored, given);
        return !IsUpdate(given) || JsonSize.Of(merged) <= maxBytes ? merged : throw TooLarge(maxBytes);
    }

    /// <summary>The same without a bound: the caller checks how large it has become.</summary>
    public static JsonObject Put(JsonObject? stored, JsonObject given)
    {
        if (!IsUpdate(given))
            return given.DeepClone().AsObject();
        var merged = stored?.DeepClone().AsObject() ?? [];
        foreach (var (key, value) in Content(given))
            merged[key] = value?.DeepClone();
        return merged;
    }

    /// <summary>The keys that a body's meta sets, in either form.</summary>
    public static JsonObject Content(JsonObject given) => IsUpdate(given) ? (JsonObject)given[Update]! : given;

    private static ApiException TooLarge(int maxBytes) =>
        ApiException.BadRequest($"\"meta\" may not be longer than {maxBytes} bytes as JSON, together with what it is merged into");

    private static bool IsUpdate(JsonObject given) => given.Count == 1 && given[Update] is JsonObject;
}
