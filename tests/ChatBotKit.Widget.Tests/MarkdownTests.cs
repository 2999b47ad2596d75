using System.Text.Json;
using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;
using Markdig;

namespace ChatBotKit.Widget.Tests;

/// <summary>Answers are shown as elements, whatever they contain, also while they are written.</summary>
public sealed class MarkdownTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private const string Setup = """
        const { Markdown, safeLink } = await import(document.querySelector('script[type=module]').src.replace('chat.js', 'markdown/render.js'))
        const context = { isOpen: false, strings: { newTab: '', copy: '', copyCode: '', code: '', table: '' }, link: safeLink, isImageShown: () => false, highlight: () => null }
        const problems = []
        """;

    private static readonly MarkdownPipeline Markdig = new MarkdownPipelineBuilder()
        .DisableHtml().UsePipeTables().UseEmphasisExtras(global::Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).Build();

    /// <summary>The cases that Markdig shows otherwise on purpose: bare addresses, tasks, entities that are not built in, and odd tables.</summary>
    private static readonly string[] Otherwise = ["https://a.example", "http://a.example", "- [ ]", "&nope;", "| a \\|", "|a|b|", "[a b](<"];

    private static string[] Cases => Read("markdown.json");

    private static string[] Hostile => Read("hostile.json");

    [Fact]
    public async Task EveryCase_CutAtEveryCharacter_EndsAsTheWhole()
    {
        var tab = await OpenPageAsync();

        var problems = await tab.Page.EvaluateAsync<string[]>($$"""
            async (cases) => {
              {{Setup}}
              for (const text of cases) {
                const [whole, grown] = [document.createElement('div'), document.createElement('div')]
                new Markdown(whole, context).show(text, true)
                const markdown = new Markdown(grown, context)
                for (let length = 1; length <= text.length; length++) {
                  markdown.show(text.slice(0, length), false)
                  const odd = grown.querySelector('script, img, iframe, svg, style, form, object, embed, video, a:not([href^="http"], [href^="mailto:"], [href^="tel:"])')
                  if (odd) problems.push(`${text} has ${odd.outerHTML} after ${length} characters`)
                }
                markdown.show(text, true)
                if (whole.innerHTML !== grown.innerHTML) problems.push(`${text}: ${whole.innerHTML} is ${grown.innerHTML} when it grows`)
              }
              return problems
            }
            """, Cases.Concat(Hostile).ToArray());

        Assert.Empty(problems);
        Assert.True(Cases.Length >= 190 && Hostile.Length >= 60);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task EveryCase_IsShown_AsAnotherReaderOfMarkdownDoes()
    {
        var tab = await OpenPageAsync();
        var cases = Cases.Where(text => !Otherwise.Any(text.Contains)).Select(text => new[] { text, Markdown.ToHtml(text, Markdig) }).ToArray();

        var problems = await tab.Page.EvaluateAsync<string[]>($$"""
            async (cases) => {
              {{Setup}}
              const plain = (root) => {
                for (const extra of root.querySelectorAll('.bar, .unseen')) extra.remove()
                for (const wrap of root.querySelectorAll('.code, .table')) wrap.replaceWith(...wrap.childNodes)
                const write = (node) => {
                  if (node.nodeType === Node.TEXT_NODE) return node.data.trim() || node.parentElement.closest('p, pre, h1, h2, h3, h4, h5, h6, em, strong') ? node.data : ''
                  const tag = node.localName
                  const inside = [...node.childNodes].map(write).join('')
                  const href = tag === 'a' ? ` ${node.getAttribute('href')}` : tag === 'ol' ? ` ${node.start}` : ''
                  return tag === 'br' ? '<br>' : `<${tag}${href}>${tag === 'pre' ? inside : inside.trim()}</${tag}>`
                }
                return [...root.childNodes].map(write).join('').replace(/\s+(?=<)/g, '').replace(/<br>\n/g, '<br>')
              }
              for (const [text, html] of cases) {
                const ours = document.createElement('div')
                new Markdown(ours, context).show(text, true)
                const theirs = new DOMParser().parseFromString(`<body>${html}</body>`, 'text/html').body
                const [a, b] = [plain(ours), plain(theirs)]
                if (a !== b) problems.push(`${JSON.stringify(text)}: ${a} and not ${b}`)
              }
              return problems
            }
            """, cases);

        Assert.Equal([], problems);
    }

    [Fact]
    public async Task HostileAnswer_IsText()
    {
        var tab = await OpenChatAsync();

        await tab.SayAsync("Attack <img src=x onerror=hacked=1>");
        await tab.WaitAsync("() => chat.state === 'ready' && widget.querySelectorAll('li.bot').length === 1");

        Assert.False(await tab.EvaluateAsync<bool>("() => 'hacked' in window"));
        Assert.Equal(0, await tab.Widget.Locator("li :is(script, img, iframe, style, link, base, form, object, embed, video, math, template, details)").CountAsync());
        Assert.Empty(await tab.EvaluateAsync<string[]>(
            "() => [...widget.querySelectorAll('li *')].flatMap(one => [...one.attributes]).filter(one => one.name.startsWith('on')).map(one => one.name)"));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task LongAnswer_IsShownInTime()
    {
        var tab = await OpenPageAsync();

        // The mean, because a machine that does something else makes single steps slow.
        var mean = await tab.Page.EvaluateAsync<double>($$"""
            async () => {
              {{Setup}}
              const markdown = new Markdown(document.createElement('div'), context)
              const part = 'Some **bold** text with `code` and [a link](https://a.example/) that goes on.\n\n- one\n- two\n\n'
              let [text, steps, start] = ['', 0, performance.now()]
              for (; text.length < 200000; steps++) markdown.show(text += part, false)
              return (performance.now() - start) / steps
            }
            """);

        Assert.True(mean < 16, $"A token of a long answer takes {mean:0.0} ms.");
    }

    private protected override ModelScript Answer(ScriptedRequest request) =>
        new ModelScript().Text(Hostile.Select(text => text + "\n\n"));

    private static string[] Read(string name) =>
        JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases", name)))!;
}
