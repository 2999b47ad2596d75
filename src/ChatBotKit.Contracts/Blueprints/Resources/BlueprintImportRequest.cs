using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to import resources into a blueprint: all of them, or none when one is not acceptable.</summary>
public sealed record BlueprintImportRequest
{
    /// <summary>
    /// Gets whether the blueprint is made when it is addressed by an alias of your own that nobody has yet. Default:
    /// false.
    /// </summary>
    public bool? Ensure { get; init; }

    /// <summary>
    /// Gets the resources by their kind, such as <c>bot</c>, <c>dataset</c> or <c>slackIntegration</c>; each value is a
    /// list. The ids are local to this request: resources refer to one another by them. A resource whose alias the
    /// blueprint has already is changed, and keeps its credentials; any other is made. A value <c>{"$default": …}</c> counts
    /// only for one that is made.
    /// </summary>
    public required JsonObject Resources { get; init; }
}
