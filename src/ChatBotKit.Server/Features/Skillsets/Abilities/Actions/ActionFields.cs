using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>Declares the parameters of actions.</summary>
internal static class ActionFields
{
    public static AbilityField Required(string name, string description) => new(name) { Description = description, IsRequired = true };

    public static AbilityField Optional(string name, string description) => new(name) { Description = description };

    public static AbilityField Number(string name, string description, bool isRequired = false) =>
        new(name) { Description = description, Type = AbilityField.NumberType, IsRequired = isRequired };

    public static AbilityField Switch(string name, string description) => new(name) { Description = description, Type = AbilityField.BooleanType };

    public static AbilityField List(string name, string description, JsonNode items, bool isRequired = true) =>
        new(name) { Description = description, Type = AbilityField.ArrayType, Items = items, IsRequired = isRequired };

    public static AbilityField OneOf(string name, string description, params string[] choices) =>
        new(name) { Description = description, Choices = choices, IsRequired = true };
}
