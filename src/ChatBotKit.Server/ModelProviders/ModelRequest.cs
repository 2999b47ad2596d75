using System.Text.Json;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.ModelProviders;

/// <summary>A request to a model.</summary>
internal sealed record ModelRequest
{
    /// <summary>The name of the model and its settings, parsed and checked.</summary>
    public required ModelReference Model { get; init; }

    public required IReadOnlyList<ModelMessage> Messages { get; init; }

    public IReadOnlyList<ModelTool> Tools { get; init; } = [];

    /// <summary>The tool that the model must call; null for none.</summary>
    public string? ForcedTool { get; init; }

    /// <summary>The settings of the answer.</summary>
    public AnswerSettings Answer { get; init; } = AnswerSettings.None;

    /// <summary>The texts from which the built-in model may quote. A language model gets the relevant ones in its messages.</summary>
    public IReadOnlyList<Passage> Knowledge { get; init; } = [];
}

internal enum ModelRole
{
    System,
    User,
    Assistant,
    Tool,
}

internal sealed record ModelMessage(ModelRole Role, string Text)
{
    /// <summary>The calls of an assistant's message.</summary>
    public IReadOnlyList<ModelToolCall> ToolCalls { get; init; } = [];

    /// <summary>The provider's fields to send back with the message, as a JSON object; null when there are none.</summary>
    public string? Fields { get; init; }

    /// <summary>The id of the call that a tool's message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>Whether the message describes attached files, and so has no words of the user.</summary>
    public bool IsOfFiles { get; init; }

    /// <summary>The pictures that follow the text.</summary>
    public IReadOnlyList<ModelPicture> Pictures { get; init; } = [];

    /// <summary>The text for a model that takes no pictures. It mentions them.</summary>
    public string TextWithoutPictures =>
        Pictures.Count == 0 ? Text : string.Join("\n\n", [.. Text.Length > 0 ? [Text] : (string[])[], .. Pictures.Select(picture => picture.Label + " You can't be shown it.")]);
}

/// <summary>A picture for a model with vision.</summary>
/// <param name="Label">A description in words.</param>
/// <param name="MediaType">One of the media types that models take.</param>
/// <param name="Bytes">The content of the file.</param>
internal sealed record ModelPicture(string Label, string MediaType, ReadOnlyMemory<byte> Bytes);

/// <param name="Name">The name of the tool.</param>
/// <param name="Description">The purpose of the tool, in words for the model.</param>
/// <param name="Parameters">A JSON Schema of type object.</param>
internal sealed record ModelTool(string Name, string Description, JsonElement Parameters)
{
    /// <summary>Whether the arguments must match the schema exactly; null to leave that to the provider.</summary>
    public bool? IsStrict { get; init; }
}
