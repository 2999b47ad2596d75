using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A function that the model may call during a run.</summary>
public sealed record FunctionDefinition
{
    /// <summary>Gets the name: a letter or $, then letters, digits, _ and $; at most 64, unique in a request.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the function is good for; the model decides by it.</summary>
    public required string Description { get; init; }

    /// <summary>Gets the JSON Schema of the arguments, an object with <c>type</c>, <c>properties</c> and <c>required</c>.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>Gets where the result comes from; null when the caller answers with another request.</summary>
    public FunctionResult? Result { get; init; }

    /// <summary>Gets when the function is called without the model asking for it; null for never.</summary>
    public FunctionCall? Call { get; init; }
}

/// <summary>Specifies where the result of a function comes from: fixed data, or a message on a channel.</summary>
public sealed record FunctionResult
{
    /// <summary>Gets the fixed result. Null, false, 0 and "" are results too; leave it unset when a channel is used.</summary>
    public Optional<JsonNode> Data { get; init; }

    /// <summary>Gets the id of the channel on which the result is published during the run; at least 16 characters.</summary>
    public string? Channel { get; init; }
}

/// <summary>Specifies when a function is called without the model asking for it.</summary>
public sealed record FunctionCall
{
    /// <summary>Gets whether it is called before the model is. Default: no.</summary>
    public bool? Start { get; init; }

    /// <summary>Gets whether it is called when the model is done. Default: no.</summary>
    public bool? End { get; init; }
}
