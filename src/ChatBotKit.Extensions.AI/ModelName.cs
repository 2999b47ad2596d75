using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>The name of a model with its settings, as the API takes it: <c>name/temperature=0.2</c>.</summary>
internal static class ModelName
{
    private static readonly HashSet<string> Settings = new(StringComparer.Ordinal)
    {
        "maxTokens", "interactionMaxMessages", "thresholdStrategy", "temperature", "frequencyPenalty", "presencePenalty",
        "reasoningEffort", "interpreter", "image", "audio", "video", "file", "seed", "forceFunction", "voice",
        "requiresUserTurnBeforeToolCall", "requiresUserTurnAsLastMessage", "region", "name", "provider", "credentials",
        "features", "endpoint",
    };

    /// <summary>
    /// Gets the model with the settings of a call; null when no model is named, because settings cannot be sent without
    /// one.
    /// </summary>
    /// <param name="modelId">
    /// The name of the model, which may contain slashes and settings; the settings of the call take precedence. Or JSON
    /// with <c>name</c> and <c>config</c>.
    /// </param>
    /// <param name="options">The options of the call.</param>
    /// <param name="names">The names of functions on the wire.</param>
    public static string? Of(string? modelId, ChatOptions? options, FunctionNames names)
    {
        if (string.IsNullOrEmpty(modelId))
            return modelId;
        List<(string Key, object Value)> settings = [.. SettingsOf(options, names)];
        return modelId.TrimStart().StartsWith('{') ? InJson(modelId, settings) : InPath(modelId, settings);
    }

    private static string InPath(string modelId, List<(string Key, object Value)> settings)
    {
        var segments = modelId.Split('/').ToList();
        // The settings are at the end. All slashes before them belong to the name.
        var named = segments.Count;
        while (named > 1 && IsSetting(segments[named - 1]))
            named--;
        var kept = segments[named..].Where(segment => !settings.Exists(setting => segment.StartsWith($"{setting.Key}=", StringComparison.Ordinal)));
        var added = settings.Select(setting => string.Create(CultureInfo.InvariantCulture, $"{setting.Key}={setting.Value}"));
        return string.Join('/', [string.Join("%2F", segments[..named]), .. kept, .. added]);
    }

    private static string InJson(string modelId, List<(string Key, object Value)> settings)
    {
        if (settings.Count == 0)
            return modelId;
        var model = Parse(modelId);
        if (model["config"] is not JsonObject config)
            model["config"] = config = [];
        foreach (var (key, value) in settings)
            config[key] = FunctionJson.ToNode(value);
        return FunctionJson.ToText(model);
    }

    private static JsonObject Parse(string modelId)
    {
        try
        {
            return JsonNode.Parse(modelId) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"{nameof(ChatOptions.ModelId)} begins like JSON but is no JSON object.", exception);
        }
    }

    private static bool IsSetting(string segment) =>
        segment.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && Settings.Contains(segment[..equals]);

    private static IEnumerable<(string Key, object Value)> SettingsOf(ChatOptions? options, FunctionNames names)
    {
        (string Key, object? Value)[] settings =
        [
            ("temperature", options?.Temperature),
            ("maxTokens", options?.MaxOutputTokens),
            ("frequencyPenalty", options?.FrequencyPenalty),
            ("presencePenalty", options?.PresencePenalty),
            ("seed", options?.Seed),
            ("reasoningEffort", EffortOf(options?.Reasoning?.Effort)),
            ("forceFunction", ForcedBy(options, names)),
        ];
        foreach (var (key, value) in settings)
        {
            if (value is not null)
                yield return (key, value);
        }
    }

    private static string? ForcedBy(ChatOptions? options, FunctionNames names) => options switch
    {
        { ToolMode: RequiredChatToolMode required, Tools.Count: > 0 } =>
            required.RequiredFunctionName is { } name ? names.ToSent(name) : "@first",
        _ => null,
    };

    private static string? EffortOf(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High or ReasoningEffort.ExtraHigh => "high",
        _ => null,
    };
}
