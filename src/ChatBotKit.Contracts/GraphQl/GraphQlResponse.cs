using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>The answer to a GraphQL operation. Errors do not fail the call: both data and errors may be set.</summary>
public sealed record GraphQlResponse : ApiObject
{
    /// <summary>Gets the data in the shape of the query; null when the operation could not be executed.</summary>
    public JsonObject? Data { get; init; }

    /// <summary>Gets the errors; null when there are none.</summary>
    public IReadOnlyList<GraphQlError>? Errors { get; init; }
}

/// <summary>One error of a GraphQL operation. Its location is among the additional fields.</summary>
public sealed record GraphQlError : ApiObject
{
    /// <summary>Gets the message.</summary>
    public string? Message { get; init; }
}
