using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Catalogue;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>Parses the instructions of abilities. A fault becomes the error of every call.</summary>
internal sealed class AbilityPreparation(AbilityActions actions)
{
    public PreparedAbility Prepare(Ability ability)
    {
        try
        {
            var instruction = InstructionParser.Parse(ability.Instruction);
            if (instruction.Kind == InstructionKind.Template)
                return PrepareTemplate(ability, instruction);
            return instruction.NeedsModel
                ? new PreparedAbility(ability) { Instruction = instruction, Fields = FieldsForModel(instruction) }
                : Prepare(ability, instruction, []);
        }
        catch (InstructionException exception)
        {
            return new PreparedAbility(ability) { Fault = FaultText.Sentence($"The instruction can't be read: {exception.Message}") };
        }
    }

    /// <summary>Prepares an instruction that names its action.</summary>
    public PreparedAbility Prepare(Ability ability, Instruction instruction, JsonObject presets)
    {
        if (actions.Find(instruction.Action) is not { } action)
            return new PreparedAbility(ability) { Fault = $"This server does not execute the action \"{instruction.Action}\"." };
        var fields = KeysOf(instruction) is { } keys
            ? action.FieldsOf(instruction.Action).ExceptBy(
                keys.Concat(instruction.Parameters.Select(parameter => parameter.Key)).Concat(instruction.Fields.Select(field => field.Name)), field => field.Name)
            : [];
        return new PreparedAbility(ability)
        {
            Instruction = instruction,
            Action = action,
            Fields = [.. instruction.Fields, .. fields],
            Presets = presets,
        };
    }

    private PreparedAbility PrepareTemplate(Ability ability, Instruction named)
    {
        var entry = AbilityCatalogue.Find(named.Action);
        return entry?.Instruction is { } instruction
            ? Prepare(ability, InstructionParser.Parse(instruction, isTemplate: true), named.Parameters)
            : new PreparedAbility(ability)
            {
                Fault = entry is null ? $"The catalogue has no template \"{named.Action}\"." : $"This server does not serve \"{entry.Name}\": {entry.Reason}",
            };
    }

    /// <summary>
    /// Returns the parameters that an instruction sets; null when it is a text, which is all that the action gets. A text that is no YAML map
    /// is such a text.
    /// </summary>
    private static IEnumerable<string>? KeysOf(Instruction instruction)
    {
        if (instruction.Fault is not null)
            return null;
        return instruction.Root switch
        {
            TemplateMap map => map.Entries.Select(entry => entry.Key),
            null or TemplateScalar { Text: "" } => [],
            _ => null,
        };
    }

    private static IReadOnlyList<AbilityField> FieldsForModel(Instruction instruction) => instruction.Fields.Count > 0
        ? instruction.Fields
        : [new AbilityField("input") { Description = "Everything that is needed to perform the action, in words." }];
}
