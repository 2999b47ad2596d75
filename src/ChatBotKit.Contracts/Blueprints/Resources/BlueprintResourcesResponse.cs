using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A blueprint and its resources.</summary>
public sealed record BlueprintResourcesResponse : ApiObject
{
    /// <summary>Gets the id of the blueprint.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Gets the resources by kind, such as <c>bot</c>, <c>dataset</c> or <c>slackIntegration</c>. Each value is a list.
    /// </summary>
    public required JsonObject Resources { get; init; }
}
