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
}

/// <param name="Name">Name of the tool.</param>
/// <param name="Description">What it is for, in words for the model.</param>
/// <param name="Parameters">A JSON Schema of type object.</param>
internal sealed record ModelTool(string Name, string Description, JsonElement Parameters);
