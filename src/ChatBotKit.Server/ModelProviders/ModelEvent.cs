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

    /// <summary>The provider keeps the rest to itself.</summary>
    Filtered,
}

/// <summary>One thing that a model said. A struct, because there is one per token.</summary>
internal readonly struct ModelEvent
{
    private ModelEvent(ModelEventKind kind) => Kind = kind;

    public ModelEventKind Kind { get; }

    /// <summary>The piece of text or reasoning.</summary>
    public string Text { get; private init; } = "";

    public ModelToolCall? ToolCall { get; private init; }

    /// <summary>What goes back to the provider with the calls that came before it.</summary>
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

/// <param name="Id">The provider's id of the call, given back with the result.</param>
/// <param name="Name">Name of the tool.</param>
/// <param name="Arguments">A JSON object as text, exactly as the model wrote it; <c>{}</c> when it wrote nothing.</param>
internal sealed record ModelToolCall(string Id, string Name, string Arguments)
{
    /// <summary>Fields of the provider's own that came with the call and go back with it, as a JSON object; null when there are none.</summary>
    public string? Fields { get; init; }

    /// <summary>The same as it is stored, with what came beside the call.</summary>
    public GivenFields? Given { get; init; }
}

internal sealed record ModelUsage(long InputTokens, long OutputTokens);
