using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>An ability whose instruction is parsed and whose action is known.</summary>
/// <param name="Ability">The ability.</param>
internal sealed record PreparedAbility(Ability Ability)
{
    /// <summary>The parsed instruction; that of the catalogue for a template; null when it can't be executed.</summary>
    public Instruction? Instruction { get; init; }

    /// <summary>The action; null when a model must find it first, or when the instruction can't be executed.</summary>
    public IAbilityAction? Action { get; init; }

    /// <summary>The fields of the call: those of the instruction, and those of the action that the instruction does not set.</summary>
    public IReadOnlyList<AbilityField> Fields { get; init; } = [];

    /// <summary>The parameters of a template. They precede the arguments of a call.</summary>
    public JsonObject Presets { get; init; } = [];

    /// <summary>Whether a model wrote the instruction for this call, with arguments of the caller in front of it.</summary>
    public bool IsWrittenForCall { get; init; }

    /// <summary>Why the ability can't be executed, as a sentence; null when it can.</summary>
    public string? Fault { get; init; }

    /// <summary>The fields for the model.</summary>
    public IEnumerable<AbilityField> OfferedFields => Fields.Where(one => one.IsOffered && !Presets.ContainsKey(one.Name));
}
