using System.Text.RegularExpressions;

namespace BlazorChat;

/// <summary>Asks the page as a browser does that follows a link with a question in it, and looks for the answer.</summary>
internal static partial class SmokeTest
{
    public static async Task<bool> RunAsync(Uri address)
    {
        using var browser = new HttpClient { BaseAddress = address };
        var empty = await browser.GetStringAsync("/");
        var answered = await browser.GetStringAsync("/?question=When+are+you+open+on+Saturday");
        var script = await browser.GetByteArrayAsync(ScriptAddress().Match(empty).Value);
        var isGood = script.Length > 0
            && empty.Contains("<form", StringComparison.Ordinal)
            && answered.Contains("9:00 to 14:00", StringComparison.Ordinal);
        Console.WriteLine(isGood ? "The page is there and answers." : $"The page does not answer:\n{answered}");
        return isGood;
    }

    [GeneratedRegex("_framework/[^\"]+")]
    private static partial Regex ScriptAddress();
}
