using System.Diagnostics;
using System.Text;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Privacy;
using ChatBotKit.Server.ConversationEngine.Privacy;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>How much text the redaction reads in a second, and how much of what is in a synthetic set it finds, beside usual patterns.</summary>
internal sealed class PrivacyBenchmark : IBenchmark
{
    private static readonly string[] Regions = ["US", "GB", "DE", "FR", "ES", "IT", "PT", "PL", "NL", "BR", "MX", "IN"];

    private readonly PersonalDataFinder _finder = new(Regions);

    public string Name => "privacy";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        MeasureQuality(context);
        foreach (var (name, text) in Texts(context.Options.IsQuick ? 100_000 : 1_000_000))
        {
            await Rounds.RunAsync(context, $"{Name}, {name}",
            [
                new("patterns", _ => Task.FromResult(Measure(text, () => PatternFinder.Find(text, [])))),
                new("redaction", _ => Task.FromResult(Measure(text, () => Redact(text)))) { Targets = [Target.NoLessThan("speed", 1)] },
            ], cancellationToken);
        }
    }

    private void MeasureQuality(BenchContext context)
    {
        var set = SyntheticSet.Create(context.Options.IsQuick ? 100 : 1_000);
        foreach (var type in (string[])["email", "phone", "iban", "card", "ip"])
            context.Report.Add($"{Name}, {type}", [DetectionQuality.Measure(set, Find, type)], [DetectionQuality.Measure(set, PatternFinder.Find, type)]);
        foreach (var language in set.GroupBy(text => text.Language))
            context.Report.Add($"{Name}, {language.Key}", [DetectionQuality.Measure(language, Find)], [DetectionQuality.Measure(language, PatternFinder.Find)]);
        context.Report.Add($"{Name}, all", [DetectionQuality.Measure(set, Find)], [DetectionQuality.Measure(set, PatternFinder.Find)]);
    }

    private void Find(string text, List<PersonalData> found) => _finder.Find(text, found);

    private void Redact(string text) => new RunPrivacy(_finder).Redact(text);

    /// <summary>Messages of the set, text that is nothing but numbers that must be checked, and texts that are made to be slow.</summary>
    private static IEnumerable<(string Name, string Text)> Texts(int length)
    {
        yield return ("messages", Repeat(string.Join('\n', SyntheticSet.Create(200).Select(text => text.Text)), length));
        yield return ("phone numbers", Repeat("+49 30 901820, (415) 555-2671; (999) 999-9999 tel. 030 123456, ", length));
        yield return ("one digit after the other", new string('1', length));
        yield return ("@ after @", Repeat("a@b.c@", length));
        yield return ("colons and digits", Repeat("1:", length));
        yield return ("groups of digits", Repeat("4111 1111 ", length));
    }

    private static string Repeat(string text, int length)
    {
        var whole = new StringBuilder(length);
        while (whole.Length < length)
            whole.Append(text);
        return whole.ToString(0, length);
    }

    private static Sample Measure(string text, Action read)
    {
        var start = Stopwatch.GetTimestamp();
        read();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Sample([new("speed", "MB/s", Encoding.UTF8.GetByteCount(text) / 1_000_000.0 / seconds)]);
    }
}
