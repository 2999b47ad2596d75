using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>
/// The answer to a GraphQL operation. It is no failed call when there are errors: both data and errors may be set.
/// </summary>
public sealed record GraphQlResponse : ApiObject
{
    /// <summary>Gets the data in the shape of the query; null when nothing could be carried out.</summary>
    public JsonObject? Data { get; init; }

    /// <summary>Gets what went wrong; null when nothing did.</summary>
    public IReadOnlyList<GraphQlError>? Errors { get; init; }
}

/// <summary>One thing that went wrong in a GraphQL operation. Where it did is among the further fields.</summary>
public sealed record GraphQlError : ApiObject
{
    /// <summary>Gets what went wrong, for people.</summary>
    public string? Message { get; init; }
}
