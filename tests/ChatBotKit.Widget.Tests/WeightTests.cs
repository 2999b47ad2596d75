using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Widget.Tests;

/// <summary>The modules as the server sends them.</summary>
public sealed partial class WeightTests : IAsyncLifetime
{
    private const int LargestLauncher = 8 * 1024;
    private const int LargestPanel = 30 * 1024;
    private const int LargestLanguage = 2560;
    private const string Encodings = "gzip, br";

    /// <summary>
    /// The modules that most pages do not load: when a visitor adds a file or saves the chat, when the page has functions, when the widget collects contacts
    /// or has pictures, on the chat page, and on pages that were written for the official widget.
    /// </summary>
    private static readonly string[] Later = ["functions.js", "uploads.js", "contact.js", "faces.js", "export.js", "feedback.js", "page.js", "official.js", "official-loader.js"];

    /// <summary>The modules of an open chat, apart from its language.</summary>
    internal static readonly IReadOnlyList<string> PanelFiles =
        [.. WidgetFiles.Paths.Where(path => path != "chat.js" && !path.StartsWith("lang/", StringComparison.Ordinal) && !Later.Contains(path))];

    private ServerFactory _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ServerFactory.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Modules_AreSmall()
    {
        var sizes = new Dictionary<string, int>();
        foreach (var path in WidgetFiles.Paths)
            sizes[path] = (await GetAsync(path)).Body.Length;
        var panel = sizes.Where(one => PanelFiles.Contains(one.Key)).ToList();

        TestContext.Current.SendDiagnosticMessage($"launcher {sizes["chat.js"]}, panel {panel.Sum(one => one.Value)}, largest language {sizes.Where(one => one.Key.StartsWith("lang/", StringComparison.Ordinal)).Max(one => one.Value)}");
        Assert.True(sizes["chat.js"] <= LargestLauncher, $"The launcher has {sizes["chat.js"]} bytes.");
        Assert.True(panel.Sum(one => one.Value) <= LargestPanel, $"The panel has {panel.Sum(one => one.Value)} bytes: {string.Join(' ', panel)}");
        Assert.All(sizes.Where(one => one.Key.StartsWith("lang/", StringComparison.Ordinal)), one => Assert.True(one.Value <= LargestLanguage, $"{one}"));
    }

    [Fact]
    public async Task Module_MayBeUsedByAnyPage_AndIsValidated()
    {
        var (response, body) = await GetAsync("chat.js", origin: "https://shop.example");

        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("cross-origin", response.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal("public, max-age=300", response.Headers.CacheControl!.ToString());
        Assert.Equal("text/javascript; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("Accept-Encoding", response.Headers.Vary.Single());
        Assert.NotEmpty(body);
        using var client = _server.Client(null);
        using var again = await client.SendAsync(
            HttpMethod.Get, Path("chat.js"), headers: [("Accept-Encoding", Encodings), ("If-None-Match", response.Headers.ETag!.ToString())]);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal("*", again.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Client_WithoutBrotli_GetsTheModuleAsItIs()
    {
        using var client = _server.Client(null);
        var text = await client.ReadTextAsync(Path("dom.js"));
        var (response, body) = await GetAsync("dom.js");

        Assert.StartsWith("const Svg = 'http://www.w3.org/2000/svg'\n", text.TrimStart(), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?m)^\s*(//|/\*\*|\* )|^[ \t]|\n\n", text);
        Assert.Equal("br", response.Content.Headers.ContentEncoding.Single());
        Assert.True(body.Length < Encoding.UTF8.GetByteCount(text) / 2);
    }

    [Theory]
    [InlineData("none.js")]
    [InlineData("../chat.js")]
    [InlineData("lang/")]
    [InlineData("")]
    public async Task Path_ThatIsNone_IsNotFound(string path)
    {
        using var client = _server.Client(null);
        using var response = await client.SendAsync(HttpMethod.Get, Path(Uri.EscapeDataString(path)));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public void EveryLanguage_HasTheSameTexts()
    {
        var english = Texts("lang/en.js");
        var languages = WidgetFiles.Paths.Where(path => path.StartsWith("lang/", StringComparison.Ordinal)).ToList();

        Assert.Equal(15, languages.Count);
        Assert.All(languages, path =>
        {
            var texts = Texts(path);
            Assert.Equal(english.Keys, texts.Keys);
            Assert.All(texts, text => Assert.Equal(Places(english[text.Key]), Places(text.Value)));
        });
    }

    [Fact]
    public void Launcher_KnowsEveryLanguage()
    {
        var launcher = Read("chat.js");

        Assert.All(
            WidgetFiles.Paths.Where(path => path.StartsWith("lang/", StringComparison.Ordinal)),
            path => Assert.Contains(Texts(path)["open"], launcher, StringComparison.Ordinal));
    }

    /// <summary>The server removes the indentation of modules, also within texts. The modules of Markdown have the character as one of their marks.</summary>
    [Fact]
    public void OnlyStyleSheets_AreTextsOfSeveralLines() => Assert.All(
        WidgetFiles.Paths.Where(path => !path.StartsWith("markdown/", StringComparison.Ordinal)),
        path => Assert.All(
            Read(path).Split('\n').Where(line => line.Count('`') % 2 == 1 && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)),
            line => Assert.Contains(line, (string[])["export const css = `", "const css = `", "`"])));

    [Fact]
    public void NoModule_ParsesHtml_OrEvaluatesText() => Assert.All(
        WidgetFiles.Paths,
        path => Assert.DoesNotMatch(Dangerous(), Read(path)));

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    private static OrderedDictionary<string, string> Texts(string path)
    {
        var texts = new OrderedDictionary<string, string>();
        foreach (Match match in Entry().Matches(Read(path)))
            texts.Add(match.Groups[1].Value, match.Groups[2].Value);
        return texts;
    }

    private static string Read(string path)
    {
        Assert.True(WidgetFiles.TryOpen(path, out var file));
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private static string Path(string module) => "/widget/v1/" + module;

    private async Task<(HttpResponseMessage Response, byte[] Body)> GetAsync(string path, string? origin = null)
    {
        using var client = _server.Client(null);
        var response = await client.SendAsync(
            HttpMethod.Get, Path(path), headers: [("Accept-Encoding", Encodings), .. origin is null ? [] : new[] { ("Origin", origin) }]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (response, await response.Content.ReadAsByteArrayAsync(Token));
    }

    [GeneratedRegex(@"^  (\w+): '(.*)',$", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(|setAttribute\('style|DOMParser")]
    private static partial Regex Dangerous();
}
