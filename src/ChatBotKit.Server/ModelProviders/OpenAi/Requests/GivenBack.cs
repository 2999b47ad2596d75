using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Requests;

/// <summary>
/// Writes the provider's fields of earlier calls into a request. Fields that the server writes itself are left out: callers may
/// keep a conversation and send it again, and must not be able to change the role of a message that way.
/// </summary>
internal static class GivenBack
{
    private const string Function = "function";

    public static void WriteOfMessage(Utf8JsonWriter json, string? fields) => Write(
        json, fields, static name => name is not ("role" or "content" or "tool_calls" or "function_call" or "tool_call_id" or "name" or "refusal"));

    public static void WriteOfCall(Utf8JsonWriter json, string? fields) =>
        Write(json, fields, static name => name is not ("id" or "type" or "index" or "function"));

    public static void WriteOfFunction(Utf8JsonWriter json, string? fields)
    {
        if (fields is null)
            return;
        using var document = JsonDocument.Parse(fields);
        if (document.RootElement.TryGetProperty("function"u8, out var function) && function.ValueKind == JsonValueKind.Object)
            Write(json, function, static name => name is not ("name" or "arguments"));
    }

    /// <summary>Returns the names of all fields that a request sends back, including those inside a call's function.</summary>
    public static IReadOnlySet<string> NamesIn(ModelRequest request)
    {
        HashSet<string>? names = null;
        for (var i = 0; i < request.Messages.Count; i++)
        {
            var message = request.Messages[i];
            AddNames(ref names, message.Fields);
            for (var j = 0; j < message.ToolCalls.Count; j++)
                AddNames(ref names, message.ToolCalls[j].Fields);
        }

        return (IReadOnlySet<string>?)names ?? FrozenSet<string>.Empty;
    }

    /// <summary>Returns the request without the fields with these names.</summary>
    public static ModelRequest Without(ModelRequest request, IReadOnlySet<string> names) => names.Count == 0 ? request : request with
    {
        Messages =
        [
            .. request.Messages.Select(message => message with
            {
                Fields = Without(message.Fields, names),
                ToolCalls = [.. message.ToolCalls.Select(call => call with { Fields = Without(call.Fields, names) })],
            }),
        ],
    };

    private static void AddNames(ref HashSet<string>? names, string? fields)
    {
        if (fields is null)
            return;
        names ??= new HashSet<string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(fields);
        foreach (var field in document.RootElement.EnumerateObject())
        {
            if (field.Name != Function || field.Value.ValueKind != JsonValueKind.Object)
                names.Add(field.Name);
            else
                names.UnionWith(field.Value.EnumerateObject().Select(inner => inner.Name));
        }
    }

    private static string? Without(string? fields, IReadOnlySet<string> names)
    {
        if (fields is null)
            return null;
        var kept = JsonNode.Parse(fields)!.AsObject();
        foreach (var name in names)
        {
            kept.Remove(name);
            (kept[Function] as JsonObject)?.Remove(name);
        }

        return kept.Count == 0 ? null : kept.ToJsonString();
    }

    private static void Write(Utf8JsonWriter json, string? fields, Func<string, bool> isGivenBack)
    {
        if (fields is null)
            return;
        using var document = JsonDocument.Parse(fields);
        Write(json, document.RootElement, isGivenBack);
    }

    private static void Write(Utf8JsonWriter json, JsonElement fields, Func<string, bool> isGivenBack)
    {
        foreach (var field in fields.EnumerateObject())
        {
            if (isGivenBack(field.Name))
                field.WriteTo(json);
        }
    }
}
