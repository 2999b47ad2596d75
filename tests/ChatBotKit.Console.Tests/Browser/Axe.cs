using Deque.AxeCore.Commons;

namespace ChatBotKit.AdminConsole.Tests.Browser;

/// <summary>axe in a page: put there once for each page that is loaded, and run as often as the page gets another look.</summary>
internal static class Axe
{
    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    private static readonly Lazy<string> Script = new(() =>
    {
        using var reader = new StreamReader(typeof(AxeRunOptions).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!);
        return reader.ReadToEnd();
    });

    /// <summary>Returns the faults of the page; empty when it has none.</summary>
    public static async Task<string> FaultsAsync(IPage page, IReadOnlyList<string>? rules = null)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync($"() => {{ {Script.Value} }}");
        return await page.EvaluateAsync<string>(
            """
            async (only) => {
              const found = await axe.run(document, { runOnly: { type: only.isRules ? 'rule' : 'tag', values: only.values }, resultTypes: ['violations'] })
              if (only.isRules ? found.passes.length + found.incomplete.length + found.inapplicable.length + found.violations.length === 0 : found.passes.length === 0) return 'axe has checked nothing'
              return found.violations.map((one) => `${one.id} ${one.help} ${one.nodes.map((node) => node.html).join(' ')}`).join('\n')
            }
            """,
            new { isRules = rules is not null, values = rules ?? Tags });
    }

    /// <summary>Checks whether the page is wider than its window.</summary>
    public static Task<bool> ScrollsSidewaysAsync(IPage page) =>
        page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > screen.width || document.documentElement.scrollWidth > innerWidth");
}
