using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary><c>echo</c>: the result is the text of the instruction, or its parameters.</summary>
internal sealed class EchoAction : IAbilityAction
{
    public IReadOnlyList<string> Names { get; } = ["echo"];

    public Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken) =>
        Task.FromResult(AbilityResult.Of(call.Instruction.Tree is { } tree ? call.Json(tree) : JsonValue.Create(call.Text)));
}
