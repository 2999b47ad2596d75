using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>The result of a call.</summary>
/// <param name="Value">The result; null when there is none, or when it is JSON's null.</param>
/// <param name="Error">The reason of a failure, as a sentence; null for a success.</param>
internal sealed record AbilityResult(JsonNode? Value, string? Error)
{
    /// <summary>Whether the run that makes the call is to be aborted.</summary>
    public bool IsAbort { get; init; }

    public static AbilityResult Of(JsonNode? value) => new(value, null);

    public static AbilityResult Failed(string error) => new(null, error);
}

/// <summary>An ability can't be executed. The message is shown to the model and the owner, so it must contain no secret.</summary>
internal sealed class AbilityException(string message) : Exception(message);
