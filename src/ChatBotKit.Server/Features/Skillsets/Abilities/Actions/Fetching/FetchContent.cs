using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Knowledge;
using DevLab.JmesPath;
using Newtonsoft.Json.Linq;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Fetching;

/// <summary>Makes the result of a fetch of its answer, as the options of the instruction say.</summary>
internal static class FetchContent
{
    private const string Malformed = "The answer can't be read in this way.";

    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    /// <exception cref="AbilityException">An option is unknown or does not fit the answer, or the answer says that it is a failure.</exception>
    public static JsonNode? Of(FetchAnswer answer, JsonObject options)
    {
        ThrowIfFailure(answer, options);
        if (TextOf(options, "jsonpath") is { } jsonPath)
            return JsonPath(answer.Text, jsonPath);
        if (TextOf(options, "jmespath") is { } jmesPath)
            return JmesPath(answer.Text, jmesPath);
        var selectors = SelectorsOf(options["selectors"]);
        var text = selectors.Count > 0 ? Select(answer.Text, selectors) : answer.Text;
        return TextOf(options, "format") switch
        {
            null when selectors.Count > 0 => JsonValue.Create(Page(text, isMarkdown: false)),
            null => new JsonObject { ["status"] = answer.Status, ["body"] = answer.IsJson ? Json(text) : JsonValue.Create(text) },
            "json" => Json(text),
            "text" => JsonValue.Create(answer.IsHtml ? Page(text, isMarkdown: false) : text),
            "markdown" => JsonValue.Create(answer.IsHtml ? Page(text, isMarkdown: true) : text),
            var format => throw new AbilityException($"This server does not make the format \"{format}\"; it makes text, markdown and json."),
        };
    }

    /// <summary>Returns the title, the description and what a page says about itself for previews.</summary>
    public static JsonNode Metadata(FetchAnswer answer)
    {
        using var document = Parse(answer.Text);
        var meta = new JsonObject { ["url"] = answer.Url.AbsoluteUri, ["title"] = document.Title };
        foreach (var element in document.QuerySelectorAll("meta[content]").Take(200))
        {
            var name = element.GetAttribute("property") ?? element.GetAttribute("name");
            if (name is "description" or "author" or "keywords" || name?.StartsWith("og:", StringComparison.Ordinal) is true
                || name?.StartsWith("twitter:", StringComparison.Ordinal) is true)
                meta.TryAdd(name, element.GetAttribute("content"));
        }

        return meta;
    }

    private static void ThrowIfFailure(FetchAnswer answer, JsonObject options)
    {
        var found = TextOf(options, "errorJsonpath") is { } jsonPath ? JsonPath(answer.Text, jsonPath)
            : TextOf(options, "errorJmespath") is { } jmesPath ? JmesPath(answer.Text, jmesPath)
            : null;
        if (found is null or JsonArray { Count: 0 } || found.GetValueKind() == JsonValueKind.False || FieldText.Plain(found).Length == 0)
            return;
        throw new AbilityException(TextOf(options, "error") ?? FieldText.Plain(found));
    }

    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = JsonRules.MaxDepth });
        }
        catch (JsonException)
        {
            throw new AbilityException("The answer is not JSON.");
        }
    }

    private static JsonNode? JsonPath(string text, string path)
    {
        try
        {
            using var reader = new Newtonsoft.Json.JsonTextReader(new StringReader(text)) { MaxDepth = JsonRules.MaxDepth, DateParseHandling = Newtonsoft.Json.DateParseHandling.None };
            var found = JToken.Load(reader).SelectTokens(path, new JsonSelectSettings { RegexMatchTimeout = PatternLimit }).Take(1_000).ToList();
            return found.Count == 1 ? Json(found[0].ToString(Newtonsoft.Json.Formatting.None)) : new JsonArray([.. found.Select(token => Json(token.ToString(Newtonsoft.Json.Formatting.None)))]);
        }
        catch (Exception exception) when (exception is Newtonsoft.Json.JsonException or System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            throw new AbilityException($"The jsonpath can't be applied. {Malformed}");
        }
    }

    private static JsonNode? JmesPath(string text, string path)
    {
        Json(text);
        try
        {
            return Json(new JmesPath().Transform(text, path));
        }
        catch (Exception exception) when (exception is not (AbilityException or OutOfMemoryException))
        {
            // The library throws plain exceptions.
            throw new AbilityException($"The jmespath can't be applied. {Malformed}");
        }
    }

    private static List<string> SelectorsOf(JsonNode? selectors) => selectors switch
    {
        null => [],
        JsonArray list => [.. list.Select(FieldText.Plain)],
        _ => [FieldText.Plain(selectors)],
    };

    private static string Select(string html, List<string> selectors)
    {
        using var document = Parse(html);
        try
        {
            return string.Join('\n', selectors.SelectMany(selector => document.QuerySelectorAll(selector)).Distinct().Take(1_000).Select(element => element.OuterHtml));
        }
        catch (DomException)
        {
            throw new AbilityException("A selector is not one of CSS.");
        }
    }

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(string html)
    {
        try
        {
            HtmlDepth.Check(html);
            return new HtmlParser().ParseDocument(html);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new AbilityException("The page can't be read: its elements are nested too deeply.");
        }
    }

    private static string Page(string html, bool isMarkdown)
    {
        var text = new StringBuilder();
        IEnumerable<TextBlock> blocks;
        try
        {
            blocks = HtmlBlocks.Read(html);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new AbilityException("The page can't be read: its elements are nested too deeply.");
        }

        foreach (var block in blocks)
        {
            text.Append(text.Length > 0 ? "\n\n" : "");
            if (isMarkdown && block.Kind == TextBlockKind.Heading)
                text.Append('#', Math.Clamp(block.Level, 1, 6)).Append(' ');
            text.Append(block.Text);
        }

        return text.ToString();
    }

    private static string? TextOf(JsonObject options, string key) => FieldText.Plain(options[key]) is { Length: > 0 } text ? text : null;
}
