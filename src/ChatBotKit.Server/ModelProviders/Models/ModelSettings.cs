using System.Globalization;

namespace ChatBotKit.Server.ModelProviders.Models;

/// <summary>The possible settings of a model string, with their ranges.</summary>
internal static class ModelSettings
{
    /// <summary>Returns the model with one more setting. If a key is repeated, the last value counts.</summary>
    /// <exception cref="ModelReferenceException">The key is unknown or the value is out of its range.</exception>
    public static ModelReference Apply(ModelReference model, string key, string text) => key switch
    {
        "maxTokens" => model with { MaxTokens = (int)Whole(key, text, 1, int.MaxValue) },
        "interactionMaxMessages" => model with { InteractionMaxMessages = (int)Whole(key, text, 2, int.MaxValue) },
        "temperature" => model with { Temperature = Number(key, text, 0, 2) },
        "frequencyPenalty" => model with { FrequencyPenalty = Number(key, text, -2, 2) },
        "presencePenalty" => model with { PresencePenalty = Number(key, text, -2, 2) },
        "reasoningEffort" => model with { ReasoningEffort = OneOf(key, text, "auto", "low", "medium", "high") },
        "seed" => model with { Seed = Whole(key, text, 0, long.MaxValue) },
        "forceFunction" => model with { ForceFunction = NotEmpty(key, text) },
        _ => Ignore(model, key, text),
    };

    /// <summary>
    /// Accepts settings of the hosted service that have no effect here. They are checked, so that a mistake is noticed, and then
    /// dropped.
    /// </summary>
    private static ModelReference Ignore(ModelReference model, string key, string text)
    {
        switch (key)
        {
            case "interpreter" or "image" or "audio" or "video" or "file"
                or "requiresUserTurnBeforeToolCall" or "requiresUserTurnAsLastMessage":
                OneOf(key, text, "true", "false");
                return model;
            case "thresholdStrategy":
                OneOf(key, text, "compact", "truncate");
                return model;
            case "region":
                OneOf(key, text, "us", "eu");
                return model;
            case "voice":
                NotEmpty(key, text);
                return model;
            case "name" or "provider" or "credentials" or "endpoint" or "features":
                throw new ModelReferenceException(
                    $"The model's {key} belongs to custom models, which are configured on this server and not in requests.");
            default:
                throw new ModelReferenceException(
                    $"The model's setting \"{key}\" is unknown. Allowed are: maxTokens, interactionMaxMessages, temperature, "
                    + "frequencyPenalty, presencePenalty, reasoningEffort, seed, forceFunction, thresholdStrategy, interpreter, "
                    + "image, audio, video, file, voice, region, requiresUserTurnBeforeToolCall, requiresUserTurnAsLastMessage.");
        }
    }

    private static long Whole(string key, string text, long min, long max)
    {
        // Accepts 2e3 and 2000.0 too, which are the same number in JSON.
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value == decimal.Truncate(value) && value >= min && value <= max)
            return (long)value;
        throw new ModelReferenceException(Invalid(
            key, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}")));
    }

    private static double Number(string key, string text, double min, double max) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value >= min && value <= max
            ? value
            : throw new ModelReferenceException(
                Invalid(key, text, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}")));

    private static string OneOf(string key, string text, params ReadOnlySpan<string> allowed) =>
        allowed.Contains(text)
            ? text
            : throw new ModelReferenceException(Invalid(key, text, "one of " + string.Join(", ", allowed!)));

    private static string NotEmpty(string key, string text) =>
        text.Length > 0 ? text : throw new ModelReferenceException(Invalid(key, text, "a name"));

    private static string Invalid(string key, string text, string allowed) =>
        $"The model's {key} is \"{text}\", but must be {allowed}.";
}
