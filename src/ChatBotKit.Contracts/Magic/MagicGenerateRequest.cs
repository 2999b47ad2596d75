using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to generate a text from a prompt.</summary>
public sealed record MagicGenerateRequest
{
    /// <summary>Gets the input of the prompt.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the values of the variables of the prompt.</summary>
    public JsonObject? Props { get; init; }

    /// <summary>Gets the model, optionally with settings. Default: that of the prompt.</summary>
    public string? Model { get; init; }
}

/// <summary>Describes the created note.</summary>
public sealed record MagicGenerateResponse : ApiObject
{
    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the usage of writing it.</summary>
    public required RunUsage Usage { get; init; }
}
