using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders;

/// <summary>Whether a model may or must call tools.</summary>
internal enum ToolChoice
{
    Auto,
    None,
    Required,
}

/// <summary>The settings of a request for its answer, in addition to those of the model string. A setting that was not given is null.</summary>
internal sealed record AnswerSettings
{
    public static AnswerSettings None { get; } = new();

    public double? TopP { get; init; }

    /// <summary>The texts before which the answer ends.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>The <c>response_format</c> of the OpenAI protocol, for an answer that must be JSON.</summary>
    public JsonElement? Format { get; init; }

    public ToolChoice ToolChoice { get; init; }

    /// <summary>Whether one answer of the model may contain several calls.</summary>
    public bool? ParallelCalls { get; init; }

    /// <summary>
    /// Returns the settings of a later call of the model in the same run. A required tool call is made only once, because the run
    /// would not end otherwise.
    /// </summary>
    public AnswerSettings At(int iteration) =>
        iteration > 0 && ToolChoice == ToolChoice.Required ? this with { ToolChoice = ToolChoice.Auto } : this;
}
