using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Fetching;

/// <summary>
/// Reads what a <c>fetch</c> instruction says as a map: YAML with keys, a bare address, or the text of an HTTP request. Marks are kept, so
/// that values are filled in only after the parts are known.
/// </summary>
internal static class FetchPlan
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    private static readonly Place Nowhere = new(1, 1);

    /// <exception cref="AbilityException">The instruction is none of the forms.</exception>
    public static TemplateMap Of(AbilityCall call)
    {
        if (call.Instruction.Tree is TemplateScalar address)
            return Map(("url", address));
        if (call.Instruction.Text?.Text.Trim() is not { } text)
            return call.Map;
        var first = text.Split('\n', 2)[0].Trim();
        var words = first.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 2 or 3 && Methods.Contains(words[0]))
            return OfRequest(words, text);
        // A mark alone is an address too.
        if (text.Length == first.Length && words.Length == 1 && (first.Contains("://", StringComparison.Ordinal) || MarkedText.IsMark(first, out _)))
            return Map(("url", Scalar(first)));
        return call.Map.Entries.Count > 0
            ? call.Map
            : throw new AbilityException("The instruction of \"fetch\" must be YAML with a url, an address, or the text of a request.");
    }

    private static TemplateMap OfRequest(string[] words, string text)
    {
        var lines = text.Split('\n');
        var headers = new List<(string, TemplateNode)>();
        var line = 1;
        for (; line < lines.Length && lines[line].Trim().Length > 0; line++)
        {
            var colon = lines[line].IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                throw new AbilityException($"\"{lines[line].Trim()}\" is not a header.");
            headers.Add((lines[line][..colon].Trim(), Scalar(lines[line][(colon + 1)..].Trim())));
        }

        var entries = new List<(string, TemplateNode)> { ("method", Scalar(words[0])), ("url", Scalar(words[1])), ("headers", Map([.. headers])) };
        var body = string.Join('\n', lines.Skip(line + 1)).Trim();
        if (body.Length > 0)
            entries.Add(("body", Scalar(body)));
        return Map([.. entries]);
    }

    private static TemplateMap Map(params (string Key, TemplateNode Value)[] entries) =>
        new([.. entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value))], Tag: null, Nowhere);

    private static TemplateScalar Scalar(string text) => new(text, IsPlain: false, Tag: null, Nowhere);
}
