using System.Diagnostics;
using System.Globalization;
using ChatBotKit.Bench.Floors;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Knowledge;
using ChatBotKit.Bench.Load;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// A search of a dataset and the making of its index, beside SQLite's own full-text index with its English tokenizer over the same
/// texts and questions. For other languages this floor does less: it finds no other form of a word. The making of the index is also
/// compared with the tokenizer of SQLite that does about as much there, by parts of words.
/// </summary>
internal sealed class KnowledgeSearchBenchmark : IBenchmark
{
    private const int Questions = 200;
    private const int QuestionsToMany = 40;
    private const int Take = 10;

    public string Name => "knowledge-search";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        foreach (var isEnglish in (bool[])[true, false])
        {
            var language = isEnglish ? "English" : "another language";
            foreach (var count in context.Options.IsQuick ? [500] : (int[])[1_000, 10_000, 100_000])
                await SearchAsync(context, $"{Name}, {language}, {count.ToString("N0", CultureInfo.InvariantCulture)} records", isEnglish, count, cancellationToken);
            await FillAsync(context, $"{Name}, {language}, index", isEnglish, context.Options.IsQuick ? 500 : 10_000, cancellationToken);
        }
    }

    private static async Task SearchAsync(BenchContext context, string name, bool isEnglish, int count, CancellationToken cancellationToken)
    {
        using var directory = new TempDirectory();
        var source = new SyntheticTexts(isEnglish);
        List<(string Title, string Text)> texts = [.. Enumerable.Range(0, count).Select(_ => source.Next())];
        var asked = count < 100_000 ? Questions : QuestionsToMany;
        List<string> questions = [.. Enumerable.Range(0, asked).Select(number => source.Question(texts[number * (count / asked)].Text))];
        using var index = DatasetIndex.Open(Path.Combine(directory.Path, "index.db"));
        Fill(index, texts);
        using var table = new FullTextTable(Path.Combine(directory.Path, "floor.db"));
        Fill(table, texts);
        await Rounds.RunAsync(context, name,
        [
            new("FTS5 porter", _ => Task.FromResult(Ask(questions, question => table.Find(QuestionWords.Of(question), Take).Count))),
            new("index of a dataset", _ => Task.FromResult(Ask(questions, question => index.Search(question, Take).Count)))
            {
                Targets = isEnglish ? [Target.AtMost("p50", 1.5)] : [Target.NoMoreThan("p50", 50)],
            },
        ], cancellationToken);
    }

    private static Sample Ask(List<string> questions, Func<string, int> find)
    {
        var ticks = new List<long>();
        var errors = 0;
        foreach (var question in questions)
        {
            var start = Stopwatch.GetTimestamp();
            if (find(question) == 0)
                errors++;
            ticks.Add(Stopwatch.GetTimestamp() - start);
        }

        var latencies = new Latencies(ticks);
        return new Sample([new("p50", "ms", latencies.Milliseconds(50)), new("p95", "ms", latencies.Milliseconds(95))], errors);
    }

    private static async Task FillAsync(BenchContext context, string name, bool isEnglish, int count, CancellationToken cancellationToken)
    {
        var source = new SyntheticTexts(isEnglish);
        List<(string Title, string Text)> texts = [.. Enumerable.Range(0, count).Select(_ => source.Next())];
        var bytes = texts.Sum(text => text.Title.Length + text.Text.Length);
        await Rounds.RunAsync(context, name,
        [
            new("FTS5 porter", _ => Task.FromResult(MeasureFill(path => new FullTextTable(path), Fill, texts, bytes))),
            new("FTS5 trigram", _ => Task.FromResult(MeasureFill(path => new FullTextTable(path, FullTextTable.Trigram), Fill, texts, bytes))),
            new("index of a dataset", _ => Task.FromResult(MeasureFill(path => DatasetIndex.Open(path), Fill, texts, bytes)))
            {
                Targets = [.. isEnglish ? [Target.AtLeast("records", 0.6)] : (Target[])[], Target.NoMoreThan("size by text", isEnglish ? 0.8 : 3)],
            },
        ], cancellationToken);
    }

    private static Sample MeasureFill<T>(
        Func<string, T> open, Action<T, List<(string Title, string Text)>> fill, List<(string Title, string Text)> texts, long bytes)
        where T : IDisposable
    {
        using var directory = new TempDirectory();
        var path = Path.Combine(directory.Path, "index.db");
        using var index = open(path);
        var start = Stopwatch.GetTimestamp();
        fill(index, texts);
        return new Sample(
        [
            new("records", "1/s", texts.Count / Stopwatch.GetElapsedTime(start).TotalSeconds),
            new("size by text", "", (double)new FileInfo(path).Length / bytes),
        ]);
    }

    private static void Fill(FullTextTable table, List<(string Title, string Text)> texts)
    {
        foreach (var (index, chunk) in texts.Chunk(1_000).Index())
            table.Add(chunk, index * 1_000);
        table.Optimize();
    }

    private static void Fill(DatasetIndex index, List<(string Title, string Text)> texts)
    {
        var row = 0;
        foreach (var chunk in texts.Chunk(1_000))
            index.Apply([.. chunk.Select(text => new IndexedRecord($"clz{row++:d22}", text.Title, text.Text))], [], row);
        index.Optimize();
    }
}
