using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to import resources into a blueprint. When one of them is not valid, none is imported.</summary>
public sealed record BlueprintImportRequest
{
    /// <summary>
    /// Gets whether the blueprint is created when it is addressed by an alias that does not exist yet. Default: false.
    /// </summary>
    public bool? Ensure { get; init; }

    /// <summary>
    /// Gets the resources by kind, such as <c>bot</c>, <c>dataset</c> or <c>slackIntegration</c>. Each value is a list. The
    /// ids are local to this request, and resources refer to one another by them. A resource whose alias already exists in
    /// the blueprint is updated and keeps its credentials; any other is created. A value <c>{"$default": …}</c> is used
    /// only when its resource is created.
    /// </summary>
    public required JsonObject Resources { get; init; }
}
