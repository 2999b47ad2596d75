using ChatBotKit.Server.Features.Datasets.Search;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>A server with an embedding model, and a dataset.</summary>
internal sealed class EmbeddedDataset : IAsyncDisposable
{
    private EmbeddedDataset(EmbeddingServer model, FeatureServer server, string id) => (Model, Server, Id) = (model, server, id);

    public EmbeddingServer Model { get; }

    public FeatureServer Server { get; }

    public string Id { get; }

    public DatasetIndexes Indexes => Server.Service<DatasetIndexes>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EmbeddedDataset> StartAsync(
        TimeProvider? time = null, string dataset = "{}", params (string Name, string? Value)[] settings)
    {
        var model = (await EmbeddingServer.StartAsync(Token)).Synonyms("water", "moisture").Synonyms("planted", "grown");
        var all = SettingsOf(model);
        foreach (var (name, value) in settings)
            all[name] = value;
        var server = await FeatureServer.StartAsync(time, all);
        return new EmbeddedDataset(model, server, await server.CreateDatasetAsync(dataset));
    }

    public static Dictionary<string, string?> SettingsOf(EmbeddingServer model) => new()
    {
        ["CHATBOTKIT_EMBEDDING_MODEL"] = "small",
        ["CHATBOTKIT_EMBEDDING_URL"] = model.BaseUrl.AbsoluteUri,
        ["CHATBOTKIT_EMBEDDING_KEY"] = "sk-embedding",
    };

    /// <summary>Waits until no passage lacks a vector. The clock is advanced meanwhile, when it is one of the test.</summary>
    public Task EmbeddedAsync(Action? advance = null) => WaitAsync(() => IsEmbeddedAsync(Indexes, Id), advance);

    /// <summary>Closes the files of the index, which the computation of vectors may still hold for a moment.</summary>
    public Task CloseAsync() => WaitAsync(() =>
    {
        Indexes.CloseIdle(TimeSpan.Zero);
        return Task.FromResult(Indexes.Count == 0);
    });

    /// <summary>Whether no passage of a dataset lacks a vector.</summary>
    public static Task<bool> IsEmbeddedAsync(DatasetIndexes indexes, string dataset) => indexes.UseAsync(
        dataset,
        async (held, last) =>
        {
            var index = await held.CompleteAsync(last, Token);
            var file = held.Vectors!.Open().Generation;
            return index.OnVectors(known => known.File == file && known.ListUnembedded(-1, 1).Count == 0);
        },
        Token);

    public static async Task WaitAsync(Func<Task<bool>> isReached, Action? advance = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await isReached())
        {
            limit.Token.ThrowIfCancellationRequested();
            advance?.Invoke();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Model.DisposeAsync();
    }
}
