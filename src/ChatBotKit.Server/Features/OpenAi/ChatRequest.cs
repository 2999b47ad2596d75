using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>The checked body of a request for a completion.</summary>
internal sealed record ChatRequest
{
    /// <summary>The field <c>model</c> as it was sent.</summary>
    public required string Model { get; init; }

    public required ChatMessages Messages { get; init; }

    public IReadOnlyList<EngineFunction> Tools { get; init; } = [];

    public required AnswerSettings Answer { get; init; }

    /// <summary>The settings of the model in the request, which precede those of its name.</summary>
    public required ChatModelSettings Settings { get; init; }

    public bool IsStreamed { get; init; }

    /// <summary>Whether its tools are in the older form, <c>functions</c>. Then the answer has the first call as <c>function_call</c>.</summary>
    public bool HasFunctions { get; init; }

    /// <summary>Whether a stream ends with the usage.</summary>
    public bool IncludesUsage { get; init; }
}

/// <summary>The settings of a model in fields of their own. One that was not given is null.</summary>
internal sealed record ChatModelSettings
{
    public int? MaxTokens { get; init; }

    public double? Temperature { get; init; }

    public double? FrequencyPenalty { get; init; }

    public double? PresencePenalty { get; init; }

    public long? Seed { get; init; }

    public string? ReasoningEffort { get; init; }

    /// <summary>The function that the model must call first.</summary>
    public string? Function { get; init; }

    public ModelReference Over(ModelReference model) => model with
    {
        MaxTokens = MaxTokens ?? model.MaxTokens,
        Temperature = Temperature ?? model.Temperature,
        FrequencyPenalty = FrequencyPenalty ?? model.FrequencyPenalty,
        PresencePenalty = PresencePenalty ?? model.PresencePenalty,
        Seed = Seed ?? model.Seed,
        ReasoningEffort = ReasoningEffort ?? model.ReasoningEffort,
        ForceFunction = Function ?? model.ForceFunction,
    };
}

/// <summary>The messages of a request.</summary>
/// <param name="System">The instructions before the first other message.</param>
/// <param name="Transcript">The other messages.</param>
/// <param name="Pictures">The pictures, by the index of their message.</param>
internal sealed record ChatMessages(string? System, List<TranscriptMessage> Transcript, IReadOnlyList<ChatPicture> Pictures);

/// <param name="Message">The index of the message in the transcript.</param>
/// <param name="Url">The address.</param>
/// <param name="Param">The name of the field with the address.</param>
internal sealed record ChatPicture(int Message, string Url, string Param);
