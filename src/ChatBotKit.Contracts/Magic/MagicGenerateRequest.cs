using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to generate a text from a prompt.</summary>
public sealed record MagicGenerateRequest
{
    /// <summary>Gets what the prompt is used on.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the values for the names that the prompt leaves open.</summary>
    public JsonObject? Props { get; init; }

    /// <summary>Gets the model, optionally with settings. Default: that of the prompt.</summary>
    public string? Model { get; init; }
}

/// <summary>Describes what was written.</summary>
public sealed record MagicGenerateResponse : ApiObject
{
    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets what writing it has used.</summary>
    public required RunUsage Usage { get; init; }
}
