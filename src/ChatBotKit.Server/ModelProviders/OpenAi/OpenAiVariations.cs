namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>What a request does otherwise than the first one did, because the endpoint refused it.</summary>
[Flags]
internal enum OpenAiVariations
{
    None = 0,

    /// <summary>The usage is not asked for; it is estimated then.</summary>
    NoStreamOptions = 1,

    /// <summary>The limit of the answer goes under its other name. It is never left out: that could cost money.</summary>
    OtherTokenLimit = 1 << 1,

    NoTemperature = 1 << 2,
    NoFrequencyPenalty = 1 << 3,
    NoPresencePenalty = 1 << 4,
    NoSeed = 1 << 5,
    NoReasoningEffort = 1 << 6,

    /// <summary>The tool that must be called is the only one that is sent, and the model must call a tool.</summary>
    OnlyForcedTool = 1 << 7,

    /// <summary>Pictures are named and not shown.</summary>
    NoPictures = 1 << 8,

    /// <summary>Calls have ids of nine letters and digits, which every provider takes.</summary>
    PlainCallIds = 1 << 9,
}

/// <summary>A part of the request that can be left out or said otherwise.</summary>
/// <param name="Name">Its name in the request, as refusals repeat it.</param>
/// <param name="Variation">What to do without it.</param>
/// <param name="IsSent">Whether a request has it.</param>
internal sealed record OpenAiField(string Name, OpenAiVariations Variation, Func<ModelRequest, bool> IsSent)
{
    /// <summary>Only what changes nothing of what was asked: messages, the model and tools are never touched.</summary>
    public static readonly IReadOnlyList<OpenAiField> Optional =
    [
        new("stream_options", OpenAiVariations.NoStreamOptions, _ => true),
        new("include_usage", OpenAiVariations.NoStreamOptions, _ => true),
        new("max_tokens", OpenAiVariations.OtherTokenLimit, request => request.Model.MaxTokens is not null),
        new("max_completion_tokens", OpenAiVariations.OtherTokenLimit, request => request.Model.MaxTokens is not null),
        new("temperature", OpenAiVariations.NoTemperature, request => request.Model.Temperature is not null),
        new("frequency_penalty", OpenAiVariations.NoFrequencyPenalty, request => request.Model.FrequencyPenalty is not null),
        new("presence_penalty", OpenAiVariations.NoPresencePenalty, request => request.Model.PresencePenalty is not null),
        new("seed", OpenAiVariations.NoSeed, request => request.Model.Seed is not null),
        new("reasoning_effort", OpenAiVariations.NoReasoningEffort, request => request.Model.ReasoningEffort is not (null or "auto")),
        new("tool_choice", OpenAiVariations.OnlyForcedTool, request => request.ForcedTool is not null),
    ];

    public static bool HasCalls(ModelRequest request) => request.Messages.Any(message => message.ToolCalls.Count > 0);

    public static bool HasPictures(ModelRequest request) => request.Messages.Any(message => message.Pictures.Count > 0);
}
