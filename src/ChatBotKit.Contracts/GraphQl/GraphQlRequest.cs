using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A GraphQL query or mutation.</summary>
public sealed record GraphQlRequest
{
    /// <summary>Gets the document with the operations.</summary>
    public required string Query { get; init; }

    /// <summary>Gets the values of the variables that the operation declares.</summary>
    public JsonObject? Variables { get; init; }

    /// <summary>Gets the operation to execute when the document has several.</summary>
    public string? OperationName { get; init; }
}
