using ChatBotKit.Server.ModelProviders.Answers;

namespace ChatBotKit.Server.ModelProviders;

internal enum ModelEventKind
{
    Text,
    Reasoning,
    ToolCall,
    Usage,
    End,
    Fields,
}

internal enum ModelEndReason
{
    Stop,
    Length,
    ToolCalls,

    /// <summary>The provider withheld the rest of the answer.</summary>
    Filtered,
}

/// <summary>An event of a model's answer. A struct, because there is one per token.</summary>
internal readonly struct ModelEvent
{
    private ModelEvent(ModelEventKind kind) => Kind = kind;

    public ModelEventKind Kind { get; }

    /// <summary>A piece of text or reasoning.</summary>
    public string Text { get; private init; } = "";

    public ModelToolCall? ToolCall { get; private init; }

    /// <summary>The fields to send back to the provider with the preceding calls.</summary>
    public ModelFields? Fields { get; private init; }

    public ModelUsage? Usage { get; private init; }

    public ModelEndReason EndReason { get; private init; }

    public static ModelEvent OfText(string text) => new(ModelEventKind.Text) { Text = text };

    public static ModelEvent OfReasoning(string text) => new(ModelEventKind.Reasoning) { Text = text };

    public static ModelEvent OfToolCall(ModelToolCall call) => new(ModelEventKind.ToolCall) { ToolCall = call };

    public static ModelEvent OfFields(ModelFields fields) => new(ModelEventKind.Fields) { Fields = fields };

    public static ModelEvent OfUsage(long inputTokens, long outputTokens) =>
        new(ModelEventKind.Usage) { Usage = new ModelUsage(inputTokens, outputTokens) };

    public static ModelEvent OfEnd(ModelEndReason reason) => new(ModelEventKind.End) { EndReason = reason };
}

/// <param name="Id">The provider's id of the call, which the result refers to.</param>
/// <param name="Name">The name of the tool.</param>
/// <param name="Arguments">A JSON object as text, exactly as the model wrote it; <c>{}</c> when it wrote nothing.</param>
internal sealed record ModelToolCall(string Id, string Name, string Arguments)
{
    /// <summary>The provider's own fields of the call, to be sent back with it, as a JSON object; null when there are none.</summary>
    public string? Fields { get; init; }

    /// <summary>The fields of the call and of its message in the form in which they are stored.</summary>
    public GivenFields? Given { get; init; }
}

internal sealed record ModelUsage(long InputTokens, long OutputTokens);
