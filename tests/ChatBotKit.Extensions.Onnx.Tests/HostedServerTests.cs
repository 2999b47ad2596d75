using System.Collections.Concurrent;
using ChatBotKit.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Extensions.Onnx.Tests;

/// <summary>A program that hosts a server, whose vectors a model in the process computes.</summary>
public sealed class HostedServerTests : IDisposable
{
    private const string Secret = "sk-onnx-7f3a91c0d25e48b6a1f09c3e";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chatbotkit-onnx-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Records_AreFoundByTheirVectors()
    {
        using var model = TinyModel.Bert();
        await using var server = await StartAsync(model);
        var api = new ChatBotKitApi(new ChatBotKitClientOptions { Secret = Secret, BaseUrl = new Uri(server.Urls.Single()) });
        var dataset = (await api.Dataset.CreateAsync(new(), Token)).Id;
        var record = (await api.Dataset.Record.CreateAsync(dataset, new() { Text = "Roses." }, Token)).Id;

        // The words of the question are in no record, so it is found when its vector is there.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        DatasetSearchResponse found;
        do
        {
            found = await api.Dataset.SearchAsync(dataset, new() { Search = "water" }, limit.Token);
        }
        while (found.Records.Count == 0);

        var only = Assert.Single(found.Records);
        Assert.Equal(record, only.Id);
        // The tokens of the question are [CLS] orchids water [SEP], those of the passage [CLS] need roses [UNK] [SEP].
        Assert.Equal(2 / Math.Sqrt(4 * 5), only.Score, 0.02);
    }

    /// <summary>The host would report a background service that fails with its own cancellation.</summary>
    [Fact]
    public async Task ServerThatIsDisposedWithoutAStop_ReportsNoError()
    {
        using var model = TinyModel.Bert();
        using var log = new ErrorLog();
        var server = await StartAsync(model, log);

        await server.DisposeAsync();

        Assert.Empty(log.Lines);
    }

    private Task<WebApplication> StartAsync(TinyModel model, ErrorLog? log = null) => ChatBotKitServer.StartAsync(
        ["--urls", "http://127.0.0.1:0", "--CHATBOTKIT_DATA_DIR", _data.FullName, "--CHATBOTKIT_API_SECRET", Secret],
        host =>
        {
            host.Logging.ClearProviders();
            if (log is not null)
                host.Logging.AddProvider(log);
            host.Services.AddEmbeddingModel(
                "tiny", _ => OnnxEmbeddingGenerator.Load(model.Folder), questionPrefix: "orchids ", passagePrefix: "need ");
        },
        cancellationToken: Token);

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Lines.Enqueue($"{formatter(state, exception)} {exception?.Message}");
        }

        public void Dispose()
        {
        }
    }
}
