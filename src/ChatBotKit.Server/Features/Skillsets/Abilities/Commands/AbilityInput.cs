using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Commands;

/// <summary>Reads the input of an execution: JSON, YAML, or the text of the only field of the ability.</summary>
internal static class AbilityInput
{
    /// <exception cref="AbilityException">The input is no map, and the ability has not exactly one field to which it could belong.</exception>
    public static JsonObject Read(string? input, PreparedAbility ability)
    {
        if (string.IsNullOrWhiteSpace(input))
            return [];
        if (MapOf(input) is { } map)
            return map;
        var fields = ability.OfferedFields.ToList();
        var required = fields.FindAll(field => field.IsRequired);
        if (fields.Count == 0)
            return [];
        var only = fields.Count == 1 ? fields[0] : required.Count == 1 ? required[0] : null;
        return only is not null
            ? new JsonObject { [only.Name] = input.Trim() }
            : throw new AbilityException($"The input must be JSON or YAML with values for: {string.Join(", ", fields.Select(field => field.Name))}.");
    }

    private static JsonObject? MapOf(string input)
    {
        var text = input.Trim();
        try
        {
            if (text[0] == '{')
                return JsonRules.IsUsableObject(text) ? JsonNode.Parse(text)!.AsObject() : null;
            return new YamlReader(index => Place.Of(text, index)).Read(text) is TemplateMap map
                ? TemplateJson.Of(map, static _ => (null, "")) as JsonObject
                : null;
        }
        catch (Exception exception) when (exception is InstructionException or JsonException)
        {
            return null;
        }
    }
}
