namespace ChatBotKit.Server.ModelProviders.OpenAi.Requests;

/// <summary>The changes to a request after the endpoint refused its default form.</summary>
[Flags]
internal enum OpenAiVariations
{
    None = 0,

    /// <summary>The usage is not requested; it is estimated instead.</summary>
    NoStreamOptions = 1,

    /// <summary>The token limit has its other name. It is never left out, because an unlimited answer could cost money.</summary>
    OtherTokenLimit = 1 << 1,

    NoTemperature = 1 << 2,
    NoFrequencyPenalty = 1 << 3,
    NoPresencePenalty = 1 << 4,
    NoSeed = 1 << 5,
    NoReasoningEffort = 1 << 6,

    /// <summary>Only the forced tool is sent, and the model is required to call a tool.</summary>
    OnlyForcedTool = 1 << 7,

    /// <summary>Pictures are mentioned in the text but not sent.</summary>
    NoPictures = 1 << 8,

    /// <summary>The ids of calls are nine letters and digits, which every provider accepts.</summary>
    PlainCallIds = 1 << 9,

    NoTopP = 1 << 10,
    NoParallelCalls = 1 << 11,
}

/// <summary>A part of the request that can be left out or changed.</summary>
/// <param name="Name">The name in the request, which refusals repeat.</param>
/// <param name="Variation">The change after a refusal.</param>
/// <param name="IsSent">Whether a request contains it.</param>
internal sealed record OpenAiField(string Name, OpenAiVariations Variation, Func<ModelRequest, bool> IsSent)
{
    /// <summary>Only fields that do not change what was asked for. Messages, the model and tools are never changed.</summary>
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
        new("top_p", OpenAiVariations.NoTopP, request => request.Answer.TopP is not null),
        new("parallel_tool_calls", OpenAiVariations.NoParallelCalls, request => request.Answer.ParallelCalls is not null),
        new("tool_choice", OpenAiVariations.OnlyForcedTool, request => request.ForcedTool is not null),
    ];

    public static bool HasCalls(ModelRequest request) => request.Messages.Any(message => message.ToolCalls.Count > 0);

    public static bool HasPictures(ModelRequest request) => request.Messages.Any(message => message.Pictures.Count > 0);
}
