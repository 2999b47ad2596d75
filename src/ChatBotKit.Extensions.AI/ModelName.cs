using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>A model as the API names it: with its settings behind it, <c>name/temperature=0.2</c>.</summary>
internal static class ModelName
{
    /// <summary>The model with the settings of a call; null when no model is named, since settings alone cannot be sent.</summary>
    public static string? Of(string? modelId, ChatOptions? options)
    {
        if (modelId is null || options is null)
            return modelId;
        var name = new StringBuilder(modelId);
        Add(name, "temperature", options.Temperature);
        Add(name, "maxTokens", options.MaxOutputTokens);
        Add(name, "frequencyPenalty", options.FrequencyPenalty);
        Add(name, "presencePenalty", options.PresencePenalty);
        Add(name, "seed", options.Seed);
        Add(name, "reasoningEffort", EffortOf(options.Reasoning?.Effort));
        if (options.ToolMode is RequiredChatToolMode required)
            Add(name, "forceFunction", required.RequiredFunctionName ?? "@first");
        return name.ToString();
    }

    private static string? EffortOf(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High or ReasoningEffort.ExtraHigh => "high",
        _ => null,
    };

    private static void Add(StringBuilder name, string setting, object? value)
    {
        if (value is not null)
            name.Append(CultureInfo.InvariantCulture, $"/{setting}={value}");
    }
}
