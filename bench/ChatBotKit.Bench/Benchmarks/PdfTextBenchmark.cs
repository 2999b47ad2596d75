using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// How many words of PDF files are read, beside poppler's <c>pdftotext</c>: the share of its words, and of its neighbouring pairs of words,
/// that our text has too. Hyphens do not count, because divided words are joined only here. Running titles, page numbers and tables of
/// contents do count, although they are left out on purpose.
/// </summary>
internal sealed partial class PdfTextBenchmark : IBenchmark
{
    public string Name => "pdf-text";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        if (context.Options.PdfFiles.Count == 0)
            context.Report.Skip(Name, "no folder with PDF files is named");
        using var reader = new FileReader(new ExtractionLimits(), TimeProvider.System);
        var shares = new List<Sample>();
        foreach (var path in context.Options.PdfFiles)
        {
            if (await WordsOfAnchorAsync(path, cancellationToken) is not { } anchor)
            {
                context.Report.Skip(Name, "pdftotext is not installed");
                return;
            }

            await using var file = File.OpenRead(path);
            var watch = Stopwatch.StartNew();
            var text = await reader.ReadAsync(file, "application/pdf", Path.GetFileName(path), cancellationToken);
            if (text.Refusal is { } refusal)
            {
                context.Report.Skip($"{Name} {path}", refusal.Message);
                continue;
            }

            shares.Add(Compare(WordsOf(string.Join('\n', text.Blocks.Select(block => block.Text))), anchor, watch.Elapsed));
            context.Report.Add($"{Name} {Path.GetFileName(path)}", [shares[^1]], [All], [Target.AtLeast("words", 0.98)]);
        }

        if (shares.Count > 1)
            context.Report.Add($"{Name}, {shares.Count} files", shares, [All], [Target.AtLeast("words", 0.98)]);
    }

    private static Sample All => new([new("words", "share", 1), new("pairs", "share", 1), new("time", "s", 0)]);

    private static Sample Compare(List<string> ours, List<string> anchor, TimeSpan time) => new(
    [
        new("words", "share", Share(ours, anchor)),
        new("pairs", "share", Share(PairsOf(ours), PairsOf(anchor))),
        new("time", "s", time.TotalSeconds),
    ]);

    private static double Share(List<string> ours, List<string> anchor)
    {
        var counts = ours.CountBy(word => word).ToDictionary(StringComparer.Ordinal);
        var found = anchor.CountBy(word => word).Sum(word => Math.Min(word.Value, counts.GetValueOrDefault(word.Key)));
        return anchor.Count == 0 ? 1 : (double)found / anchor.Count;
    }

    private static List<string> PairsOf(List<string> words) => [.. words.Zip(words.Skip(1), (first, second) => $"{first} {second}")];

    private static List<string> WordsOf(string text) =>
        [.. Word().Matches(Hyphen().Replace(text.Normalize(NormalizationForm.FormKC), "")).Select(word => word.Value.ToLowerInvariant())];

    /// <summary>Returns the words that pdftotext finds; null if it is not installed.</summary>
    private static async Task<List<string>?> WordsOfAnchorAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pdftotext", ["-enc", "UTF-8", path, "-"]) { RedirectStandardOutput = true })!;
            var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return WordsOf(text);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();

    /// <summary>Hyphens in words, also at the ends of lines.</summary>
    [GeneratedRegex(@"(?<=\p{L})[-\u00AD\u2010]\s*(?=\p{L})")]
    private static partial Regex Hyphen();
}
