using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A function that the model may call during a run.</summary>
public sealed record FunctionDefinition
{
    /// <summary>Gets the name: a letter or $, then letters, digits, _ and $. At most 64 characters, unique in a request.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the function does, by which the model decides when to call it.</summary>
    public required string Description { get; init; }

    /// <summary>Gets the JSON Schema of the arguments, an object with <c>type</c>, <c>properties</c> and <c>required</c>.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>Gets the source of the result; null when the caller answers with another request.</summary>
    public FunctionResult? Result { get; init; }

    /// <summary>Gets when the function is called without a request of the model; null for never.</summary>
    public FunctionCall? Call { get; init; }
}

/// <summary>Specifies the source of the result of a function: fixed data, or a message on a channel.</summary>
public sealed record FunctionResult
{
    /// <summary>
    /// Gets the fixed result, which may be any JSON value, including null, false, 0 and "". Leave it unset when a channel
    /// is used.
    /// </summary>
    public Optional<JsonNode> Data { get; init; }

    /// <summary>Gets the id of the channel on which the caller publishes the result during the run, at least 16 characters.</summary>
    public string? Channel { get; init; }
}

/// <summary>Specifies when a function is called without a request of the model.</summary>
public sealed record FunctionCall
{
    /// <summary>Gets whether the function is called before the model. Default: no.</summary>
    public bool? Start { get; init; }

    /// <summary>Gets whether the function is called after the model has ended. Default: no.</summary>
    public bool? End { get; init; }
}
