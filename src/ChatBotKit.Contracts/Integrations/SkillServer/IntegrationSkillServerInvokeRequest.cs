using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to call one ability of a skill server.</summary>
public sealed record IntegrationSkillServerInvokeRequest
{
    /// <summary>Gets the name of the ability, as the server's manual tells it.</summary>
    public required string Ability { get; init; }

    /// <summary>Gets what the ability is called with.</summary>
    public JsonObject? Input { get; init; }
}

/// <summary>Describes what the ability gave; a failure of the ability is not a failure of the call.</summary>
public sealed record IntegrationSkillServerInvokeResponse : ApiObject
{
    /// <summary>Gets the result, whatever JSON it is; null when the ability failed.</summary>
    public JsonNode? Result { get; init; }

    /// <summary>Gets why the ability failed; null when it did not.</summary>
    public string? Error { get; init; }
}
