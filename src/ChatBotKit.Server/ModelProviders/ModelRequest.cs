using System.Text.Json;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.ModelProviders;

/// <summary>What a model is asked.</summary>
internal sealed record ModelRequest
{
    /// <summary>The model's name with its settings, already parsed and checked.</summary>
    public required ModelReference Model { get; init; }

    public required IReadOnlyList<ModelMessage> Messages { get; init; }

    public IReadOnlyList<ModelTool> Tools { get; init; } = [];

    /// <summary>The call must be this tool, when set.</summary>
    public string? ForcedTool { get; init; }

    /// <summary>
    /// The texts that an answer may be taken from, for the built-in model that quotes. A language model gets what it
    /// needs of them in its messages.
    /// </summary>
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
    /// <summary>The calls of an assistant's turn.</summary>
    public IReadOnlyList<ModelToolCall> ToolCalls { get; init; } = [];

    /// <summary>What the provider gave along with the calls, as a JSON object; null when there is nothing.</summary>
    public string? Fields { get; init; }

    /// <summary>Which call a tool's message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>Whether it tells of attached files and is nobody's words.</summary>
    public bool IsOfFiles { get; init; }

    /// <summary>The pictures that come after the text.</summary>
    public IReadOnlyList<ModelPicture> Pictures { get; init; } = [];

    /// <summary>The text for a model that is shown no pictures: it says that there are some.</summary>
    public string TextWithoutPictures =>
        Pictures.Count == 0 ? Text : string.Join("\n\n", [.. Text.Length > 0 ? [Text] : (string[])[], .. Pictures.Select(picture => picture.Label + " You can't be shown it.")]);
}

/// <summary>A picture for a model that can look at it.</summary>
/// <param name="Label">What it is, in words.</param>
/// <param name="MediaType">One of the types that models take.</param>
/// <param name="Bytes">The file.</param>
internal sealed record ModelPicture(string Label, string MediaType, ReadOnlyMemory<byte> Bytes);

/// <param name="Name">Name of the tool.</param>
/// <param name="Description">What it is for, in words for the model.</param>
/// <param name="Parameters">A JSON Schema of type object.</param>
internal sealed record ModelTool(string Name, string Description, JsonElement Parameters);
