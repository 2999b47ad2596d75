using ChatBotKit.Bench.Floors;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Knowledge;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>How well the index of a dataset ranks the texts of the named folders, each language by itself.</summary>
internal sealed class RetrievalBenchmark : IBenchmark
{
    public string Name => "retrieval";

    public Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        if (context.Options.Folders.Count == 0)
            context.Report.Skip(Name, "no folder with texts, questions and judgements is named");
        foreach (var folder in context.Options.Folders)
        {
            var all = Collection.Read(folder);
            var name = $"{Name} {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}";
            var parts = new List<(Sample Ours, Sample Floor)>();
            foreach (var (language, part) in all.ByLanguage())
            {
                cancellationToken.ThrowIfCancellationRequested();
                parts.Add((MeasureIndex(part), MeasureFloor(part)));
                context.Report.Add($"{name} {language}".TrimEnd(), [parts[^1].Ours], [parts[^1].Floor]);
            }

            if (parts.Count > 1)
            {
                context.Report.Add($"{name}, mean", [Mean(parts.Select(part => part.Ours))], [Mean(parts.Select(part => part.Floor))]);
                context.Report.Add($"{name}, all in one", [MeasureIndex(all)], [MeasureFloor(all)]);
            }
        }

        return Task.CompletedTask;
    }

    private static Sample MeasureIndex(Collection collection)
    {
        using var directory = new TempDirectory();
        using var index = DatasetIndex.Open(Path.Combine(directory.Path, "index.db"));
        foreach (var texts in collection.Texts.Chunk(500))
            index.Apply([.. texts.Select(text => new IndexedRecord(text.Id, text.Title ?? "", text.Text))], [], 1);
        return SampleOf(RankingQuality.Measure(
            collection, question => index.Search(question, RankingQuality.Depth).Select(found => found.Id)));
    }

    private static Sample MeasureFloor(Collection collection)
    {
        using var directory = new TempDirectory();
        using var table = new FullTextTable(Path.Combine(directory.Path, "floor.db"));
        table.Add([.. collection.Texts.Select(text => (text.Title ?? "", text.Text))], 0);
        return SampleOf(RankingQuality.Measure(
            collection, question => table.Find(QuestionWords.Of(question), RankingQuality.Depth).Select(row => collection.Texts[row].Id)));
    }

    private static Sample SampleOf(RankingQuality quality) => new(
        [new("nDCG@10", "0 to 1", quality.Ndcg), new("recall@10", "0 to 1", quality.Recall), new("MRR@10", "0 to 1", quality.ReciprocalRank)]);

    private static Sample Mean(IEnumerable<Sample> samples) => new(
        [.. samples.SelectMany(sample => sample.Metrics).GroupBy(metric => (metric.Name, metric.Unit))
            .Select(metrics => new Metric(metrics.Key.Name, metrics.Key.Unit, metrics.Average(metric => metric.Value)))]);
}
