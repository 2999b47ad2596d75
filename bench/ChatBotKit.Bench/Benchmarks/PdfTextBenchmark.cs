using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// How many words of PDF files are read, beside poppler's <c>pdftotext</c>: the share of its words that our text has too. Hyphens do not count,
/// because divided words are joined only here. The first row leaves out what we leave out on purpose, found in the same way in the other
/// text: running titles, page numbers and tables of contents.
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
            if (await PagesOfAnchorAsync(path, cancellationToken) is not { } anchor)
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

    private static Sample All => new([new("words", "share", 1), new("words with margins", "share", 1), new("time", "s", 0)]);

    private static Sample Compare(List<string> ours, List<List<PdfLine>> anchor, TimeSpan time) => new(
    [
        new("words", "share", Share(ours, WordsOf(PdfMargins.Remove(anchor)))),
        new("words with margins", "share", Share(ours, WordsOf(anchor.SelectMany(page => page)))),
        new("time", "s", time.TotalSeconds),
    ]);

    private static double Share(List<string> ours, List<string> anchor)
    {
        var counts = ours.CountBy(word => word).ToDictionary(StringComparer.Ordinal);
        var found = anchor.CountBy(word => word).Sum(word => Math.Min(word.Value, counts.GetValueOrDefault(word.Key)));
        return anchor.Count == 0 ? 1 : (double)found / anchor.Count;
    }

    private static List<string> WordsOf(IEnumerable<PdfLine> lines) => WordsOf(string.Join('\n', lines.Select(line => line.Text)));

    private static List<string> WordsOf(string text) =>
        [.. Word().Matches(Hyphen().Replace(text.Normalize(NormalizationForm.FormKC), "")).Select(word => word.Value.ToLowerInvariant())];

    /// <summary>Returns the lines of each page that pdftotext finds; null if it is not installed.</summary>
    private static async Task<List<List<PdfLine>>?> PagesOfAnchorAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", "-enc", "UTF-8", path, "-"]) { RedirectStandardOutput = true })!;
            var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return [.. text.Split('\f').Index().Select(page => LinesOf(page.Item, page.Index + 1)).Where(page => page.Count > 0)];
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static List<PdfLine> LinesOf(string page, int number) =>
    [
        .. page.Split('\n').Select(line => Spaces().Replace(line.Trim(), " ")).Where(line => line.Length > 0)
            .Select(line => new PdfLine(line, number, Size: 0, BeginsBlock: false)),
    ];

    /// <summary>Words, and single characters where a script has no spaces.</summary>
    [GeneratedRegex(@"[\u3040-\u30FF\u3400-\u9FFF]|[\p{L}\p{M}\p{N}-[\u3040-\u30FF\u3400-\u9FFF]]+")]
    private static partial Regex Word();

    /// <summary>Hyphens in words, also at the ends of lines.</summary>
    [GeneratedRegex(@"(?<=\p{L})[-\u00AD\u2010]\s*(?=\p{L})")]
    private static partial Regex Hyphen();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
