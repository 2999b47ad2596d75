using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary><c>abort</c>: ends the run that calls it.</summary>
internal sealed class AbortAction : IAbilityAction
{
    public IReadOnlyList<string> Names { get; } = ["abort"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => [ActionFields.Optional("reason", "Why the work ends, in a few words.")];

    public Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken) =>
        Task.FromResult(AbilityResult.Of(JsonValue.Create(call.TextOf("reason"))) with { IsAbort = true });
}
