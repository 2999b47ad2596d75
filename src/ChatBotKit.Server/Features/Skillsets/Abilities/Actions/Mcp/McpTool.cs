using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>A tool of a remote server. Its parts are read one by one, because one malformed tool must not hide the others.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">The description for the model; empty for none.</param>
/// <param name="Schema">The JSON Schema of the arguments.</param>
internal sealed record McpTool(string Name, string Description, JsonElement Schema)
{
    private const int MaxSchema = 65_535;

    /// <summary>Reads the entry of a listing; null when no model can get it.</summary>
    public static McpTool? Of(JsonNode? entry)
    {
        if (entry is not JsonObject tool || TextOf(tool, "name") is not { Length: > 0 } name || tool["inputSchema"] is not JsonObject given)
            return null;
        var schema = JsonSerializer.SerializeToElement<JsonNode>(given);
        return IsUsable(schema) ? new McpTool(name, TextOf(tool, "description") ?? TextOf(tool, "title") ?? "", schema) : null;
    }

    /// <summary>
    /// Whether a model can get the schema. Providers refuse the whole request for one malformed schema, so a server with such a tool would
    /// end every run.
    /// </summary>
    private static bool IsUsable(JsonElement schema) =>
        schema.GetRawText().Length <= MaxSchema
        && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("object")
        && (!schema.TryGetProperty("properties", out var properties)
            || (properties.ValueKind == JsonValueKind.Object
                && properties.EnumerateObject().All(property => property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False)))
        && (!schema.TryGetProperty("required", out var required)
            || (required.ValueKind == JsonValueKind.Array && required.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)));

    private static string? TextOf(JsonObject tool, string name) =>
        tool[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
