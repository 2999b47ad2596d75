using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Knowledge;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.Embeddings;
using ChatBotKit.Server.ModelProviders.OpenAi;
using Microsoft.Extensions.Configuration;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// How well words and vectors together rank the texts of the named folders, beside words alone and vectors alone. The embedding model is
/// that of the server's settings.
/// </summary>
internal sealed class EmbeddedRetrievalBenchmark : IBenchmark
{
    public string Name => "retrieval-embedded";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        if (context.Options.Folders.Count == 0 || EmbeddingOptions.Read(settings, provider: null) is not { } options)
        {
            context.Report.Skip(Name, "no folder with texts, questions and judgements is named, or CHATBOTKIT_EMBEDDING_MODEL and CHATBOTKIT_EMBEDDING_URL are not set");
            return;
        }

        using var http = OpenAiConnection.Create();
        var model = new EmbeddingEndpoint(options, http, TimeProvider.System);
        foreach (var folder in context.Options.Folders)
        {
            var name = $"{Name} {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}";
            foreach (var (language, part) in Collection.Read(folder).ByLanguage())
                await MeasureAsync(context, $"{name} {language}".TrimEnd(), part, model, cancellationToken);
        }
    }

    private static async Task MeasureAsync(
        BenchContext context, string name, Collection collection, IEmbeddingModel model, CancellationToken cancellationToken)
    {
        using var index = await EmbeddedIndex.CreateAsync(collection, model, cancellationToken);
        var words = SampleOf(RankingQuality.Measure(collection, index.FindByWords));
        if (index.IsEmpty)
        {
            context.Report.Skip(name, "the model does not know the language, so texts are found by their words alone");
            return;
        }

        var asked = await index.AskAsync(collection, cancellationToken);
        var vectors = SampleOf(RankingQuality.Measure(collection, question => index.FindByVectors(asked[question])));
        var both = SampleOf(RankingQuality.Measure(collection, question => index.FindByBoth(question, asked[question])));
        context.Report.Add($"{name}: both, beside words", [both], [words], [Target.AtLeast("nDCG@10", 1)]);
        context.Report.Add($"{name}: both, beside vectors", [both], [vectors], [Target.AtLeast("nDCG@10", 1)]);
    }

    private static Sample SampleOf(RankingQuality quality) => new(
        [new("nDCG@10", "0 to 1", quality.Ndcg), new("recall@10", "0 to 1", quality.Recall), new("MRR@10", "0 to 1", quality.ReciprocalRank)]);
}
