using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Json;

/// <summary>The <c>meta</c> of a resource: an object in requests and responses, JSON text in the store.</summary>
internal static class MetaJson
{
    /// <summary>The only key of a <c>meta</c> that is to be merged into the stored one instead of replacing it.</summary>
    private const string Update = "$update";

    public static JsonObject? Parse(string? stored) => stored is null ? null : JsonNode.Parse(stored, documentOptions: JsonRules.Stored)!.AsObject();

    /// <summary>Applies the <c>meta</c> of a request to the stored one: replaces it, or merges it key by key.</summary>
    /// <param name="stored">The stored <c>meta</c>, as JSON text.</param>
    /// <param name="given">The <c>meta</c> of the request, which is not larger than <paramref name="maxBytes"/>.</param>
    /// <param name="maxBytes">The maximum size of the result, in bytes.</param>
    /// <exception cref="ApiException">400: the result is too large.</exception>
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

    /// <summary>Applies the <c>meta</c> of a request to one that is already parsed.</summary>
    /// <exception cref="ApiException">400: the result is too large.</exception>
    public static JsonObject Merge(JsonObject? stored, JsonObject given, int maxBytes = FieldRules.MaxFreeBytes)
    {
        var merged = Put(stored, given);
        return !IsUpdate(given) || JsonSize.Of(merged) <= maxBytes ? merged : throw TooLarge(maxBytes);
    }

    /// <summary>Applies the <c>meta</c> of a request to a parsed one without a limit; the caller checks the size of the result.</summary>
    public static JsonObject Put(JsonObject? stored, JsonObject given)
    {
        if (!IsUpdate(given))
            return given.DeepClone().AsObject();
        var merged = stored?.DeepClone().AsObject() ?? [];
        foreach (var (key, value) in Content(given))
            merged[key] = value?.DeepClone();
        return merged;
    }

    /// <summary>The keys that the <c>meta</c> of a request sets, whether it replaces or merges.</summary>
    public static JsonObject Content(JsonObject given) => IsUpdate(given) ? (JsonObject)given[Update]! : given;

    private static ApiException TooLarge(int maxBytes) =>
        ApiException.BadRequest($"\"meta\" may not be longer than {maxBytes} bytes as JSON, together with what it is merged into");

    private static bool IsUpdate(JsonObject given) => given.Count == 1 && given[Update] is JsonObject;
}
