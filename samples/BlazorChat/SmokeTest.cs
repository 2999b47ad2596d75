using System.Text.RegularExpressions;

namespace BlazorChat;

/// <summary>
/// Opens the page as a browser does that follows a link with a question, checks the answer, and opens the page again to check the
/// conversation.
/// </summary>
internal static partial class SmokeTest
{
    private const string Question = "When do you open on Saturday";

    public static async Task<bool> RunAsync(Uri address)
    {
        // The handler stores the cookie, as a browser does.
        using var browser = new HttpClient { BaseAddress = address };
        using var stranger = new HttpClient { BaseAddress = address };
        var empty = await browser.GetStringAsync("/");
        var answered = await browser.GetStringAsync("/?question=" + Uri.EscapeDataString(Question));
        var again = await browser.GetStringAsync("/?question=" + Uri.EscapeDataString(Question));
        var style = await browser.GetStringAsync("/chat.css");
        var script = await browser.GetByteArrayAsync(ScriptAddress().Match(empty).Value);
        var elsewhere = await stranger.GetStringAsync("/");
        List<string> missing =
        [
            .. Problem(script.Length > 0, "the script"),
            .. Problem(style.Contains("prefers-color-scheme", StringComparison.Ordinal), "the style"),
            .. Problem(empty.Contains("<label for=\"text\"", StringComparison.Ordinal), "the label"),
            .. Problem(answered.Contains("9:00 to 14:00", StringComparison.Ordinal), "the answer"),
            .. Problem(Count(again, Question) == 1 && again.Contains("9:00 to 14:00", StringComparison.Ordinal), "the conversation after a reload, once"),
            .. Problem(!elsewhere.Contains("9:00 to 14:00", StringComparison.Ordinal), "an empty page for somebody else"),
        ];
        Console.WriteLine(missing.Count == 0 ? "The page loads, answers, and keeps the conversation." : $"Missing: {string.Join("; ", missing)}\n{again}");
        return missing.Count == 0;
    }

    private static IEnumerable<string> Problem(bool isGood, string what) => isGood ? [] : [what];

    private static int Count(string page, string text) => page.Split(text).Length - 1;

    [GeneratedRegex("_framework/[^\"]+")]
    private static partial Regex ScriptAddress();
}
