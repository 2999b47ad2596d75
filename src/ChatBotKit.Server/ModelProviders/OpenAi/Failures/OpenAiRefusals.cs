using System.Text.RegularExpressions;
using ChatBotKit.Server.ModelProviders.OpenAi.Requests;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Failures;

/// <summary>The change that may make a refused request acceptable.</summary>
/// <param name="Change">The single change.</param>
/// <param name="IsLearned">Whether the change is remembered for the model, rather than made for this request only.</param>
internal readonly record struct OpenAiRemedy(OpenAiForm Change, bool IsLearned)
{
    public OpenAiRemedy(OpenAiVariations variation, bool isLearned)
        : this(OpenAiForm.Of(variation), isLearned)
    {
    }
}

/// <summary>Finds the optional part of the request that a refusal is about, by its words.</summary>
internal static partial class OpenAiRefusals
{
    private const int MaxWords = 4_000;

    // Callers may send fields of their own with a conversation. No provider has this many, or with names this long.
    private const int MaxGiven = 50;
    private const int MaxGivenLength = 100;

    /// <summary>Returns the remedy; null when there is none, or when it was tried already.</summary>
    public static OpenAiRemedy? Find(int status, OpenAiError error, ModelRequest request, OpenAiForm tried)
    {
        foreach (var remedy in (OpenAiRemedy?[])[OfField(status, error, request), OfPictures(status, error, request), OfGiven(status, error, request)])
        {
            if (remedy is { } found && !tried.Has(found.Change))
                return found;
        }

        return null;
    }

    private static OpenAiRemedy? OfField(int status, OpenAiError error, ModelRequest request)
    {
        if (status is not (400 or 422))
            return null;
        var sent = OpenAiField.Optional.Where(field => field.IsSent(request));
        var words = Words(error.Message);
        // If the refusal names nothing, the usage is tried first, because it is the only part that no caller asked for.
        if (error.Param.Length == 0 && SaysNothing().IsMatch(words))
            return new OpenAiRemedy(OpenAiVariations.NoStreamOptions, isLearned: true);
        if (OpenAiField.HasCalls(request) && AboutCallIds().IsMatch($"{error.Param} {words}"))
            return new OpenAiRemedy(OpenAiVariations.PlainCallIds, isLearned: true);
        // An invalid value is the caller's mistake, and the next value may be valid. So nothing is learned.
        if (AboutValue().IsMatch(words) || error.Code == "context_length_exceeded")
            return null;
        var field = error.Param.Length > 0
            ? sent.FirstOrDefault(field => error.Param.Split('.', '[', ']').Contains(field.Name, StringComparer.Ordinal))
            : AboutField().IsMatch(words) ? First(sent, words) : null;
        return field is null ? null : new OpenAiRemedy(field.Variation, isLearned: true);
    }

    /// <summary>Returns the field that is named first, because a list of the allowed fields may follow it.</summary>
    private static OpenAiField? First(IEnumerable<OpenAiField> fields, string words) => fields
        .Select(field => (Field: field, At: PositionOf(field.Name, words)))
        .Where(found => found.At >= 0)
        .OrderBy(found => found.At)
        .Select(found => found.Field)
        .FirstOrDefault();

    private static int PositionOf(string name, string words)
    {
        for (var at = 0; (at = words.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + name.Length;
            if ((at == 0 || !IsOfName(words[at - 1])) && (end == words.Length || !IsOfName(words[end])))
                return at;
        }

        return -1;
    }

    private static bool IsOfName(char character) => char.IsLetterOrDigit(character) || character is '_' or '-';

    private static OpenAiRemedy? OfPictures(int status, OpenAiError error, ModelRequest request)
    {
        if (status is 401 or 402 or 403 or 407 or 408 or 429 || !OpenAiField.HasPictures(request))
            return null;
        if (status == 413)
            return new OpenAiRemedy(OpenAiVariations.NoPictures, isLearned: false);
        var words = Words($"{error.Param} {error.Message}");
        return PictureRefusals.IsAboutPictures(words)
            ? new OpenAiRemedy(OpenAiVariations.NoPictures, isLearned: !PictureRefusals.IsAboutOnePicture(words))
            : null;
    }

    /// <summary>Finds the provider's own fields that the refusal names: the provider sent them, but does not accept them back.</summary>
    private static OpenAiRemedy? OfGiven(int status, OpenAiError error, ModelRequest request)
    {
        if (status is not (400 or 422))
            return null;
        var words = $"{error.Param} {Words(error.Message)}";
        var named = GivenBack.NamesIn(request)
            .Where(name => name.Length is > 0 and <= MaxGivenLength && PositionOf(name, words) >= 0)
            .Take(MaxGiven)
            .ToList();
        return named.Count == 0 ? null : new OpenAiRemedy(OpenAiForm.Without(named), IsLearned: true);
    }

    private static string Words(string text) => text.Length <= MaxWords ? text : text[..MaxWords];

    /// <summary>Matches an empty message, or one that only repeats the status.</summary>
    [GeneratedRegex(
        @"^\s*((error|bad request|unprocessable (entity|content)|(request )?validation (error|failed)|invalid request( error)?)[\s.!]*)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaysNothing();

    /// <summary>Matches faults in the form of a call's id. A call without a result is a different fault.</summary>
    [GeneratedRegex(
        @"(tool.?call.{0,12}\bid\b|tool_call_id).*(length|a-z|pattern|too long|characters)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex AboutCallIds();

    [GeneratedRegex(
        @"unsupported|support|unknown|unrecogni[sz]ed|unexpected|not (permitted|allowed|available|recogni[sz]ed|implemented|accepted)|extra (inputs|fields)|additional propert|invalid (argument|field|param|key|name|value)|cannot find|deprecated|instead|does not exist|disallowed|removed|omit|must not",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AboutField();

    [GeneratedRegex(
        @"\bbetween\b|\bat (most|least)\b|\b(less|greater|larger|smaller|higher|lower) than\b|\b(maximum|minimum)\b|too (large|high|low|small|many|long|big)|\brange\b|exceed|must be (an?|positive|within|in)\b|[<>≤≥]|valid (integer|number|string|boolean)|context (length|window)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AboutValue();
}
