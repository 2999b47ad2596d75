using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to call one ability of a skill server.</summary>
public sealed record IntegrationSkillServerInvokeRequest
{
    /// <summary>Gets the name of the ability, as listed in the manual of the skill server.</summary>
    public required string Ability { get; init; }

    /// <summary>Gets the arguments of the ability.</summary>
    public JsonObject? Input { get; init; }
}

/// <summary>Describes the result of the ability. A failure of the ability is not a failure of the call.</summary>
public sealed record IntegrationSkillServerInvokeResponse : ApiObject
{
    /// <summary>Gets the result, which may be any JSON value; null when the ability failed.</summary>
    public JsonNode? Result { get; init; }

    /// <summary>Gets the error of the ability; null when it succeeded.</summary>
    public string? Error { get; init; }
}
