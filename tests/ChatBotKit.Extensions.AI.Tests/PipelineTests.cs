using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatBotKit.Extensions.AI.Tests;

/// <summary>The client inside the usual pipeline: functions, telemetry, cache and logging together.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    private const string Source = "ChatBotKit.Extensions.AI.Tests";

    private readonly List<Activity> _activities = [];
    private readonly ActivityListener _listener;
    private readonly KeptLog _log = new();
    private Stage _stage = null!;

    public PipelineTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _activities.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public async ValueTask InitializeAsync() => _stage = await Stage.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _stage.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Layers_AroundTheClient_SeeAndKeepTheWholeTalk(bool streamed)
    {
        _stage.Model
            .Answer(script => script.ToolCall("c1", "getWeather", "{\"city\":\"Sofia\"}").ToolCall("c2", "getWeather", "{\"city\":\"Ulm\"}").Usage(5, 2))
            .Answer(script => script.Text("Mild ", "in both.").Usage(9, 4));
        var client = Build();
        var options = Tools.Of(Tools.Weather(city => city.Length));
        (options.ModelId, options.Temperature) = ("scripted", 0);

        Task<ChatResponse> AskAsync() => streamed
            ? client.GetStreamingResponseAsync("Weather?", options, Stage.Token).ToChatResponseAsync(Stage.Token)
            : client.GetResponseAsync("Weather?", options, Stage.Token);
        var first = await AskAsync();
        var second = await AskAsync();

        Assert.Equal(("Mild in both.", "Mild in both."), (first.Text, second.Text));
        Assert.Equal((14L, 6L), (first.Usage!.InputTokenCount, first.Usage.OutputTokenCount));
        Assert.Equal(2, _stage.Model.Requests.Count);
        var chats = _activities.Where(one => one.DisplayName == "chat scripted").ToList();
        Assert.Equal(2, chats.Count);
        Assert.Equal(("chatbotkit", 5, 2), (chats[0].GetTagItem("gen_ai.provider.name"), chats[0].GetTagItem("gen_ai.usage.input_tokens"), chats[0].GetTagItem("gen_ai.usage.output_tokens")));
        Assert.Equal(new Uri(_stage.Options.BaseUrl.AbsoluteUri).Port, chats[0].GetTagItem("server.port"));
        Assert.Contains(_log.Lines, line => line.Contains("ResponseAsync completed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Services_OfTheClient_AreFoundThroughTheLayers()
    {
        var client = Build();
        await Task.CompletedTask;

        var metadata = client.GetRequiredService<ChatClientMetadata>();

        Assert.Equal(("chatbotkit", "scripted"), (metadata.ProviderName, metadata.DefaultModelId));
        Assert.Equal(_stage.Api.Url, metadata.ProviderUri);
        Assert.Same(_stage.Api, client.GetService<ChatBotKitApi>());
        Assert.Same(_stage.Api.Conversation, client.GetService<ConversationClient>());
        Assert.NotNull(client.GetService<ChatBotKitChatClient>());
        Assert.Null(client.GetService<ChatBotKitChatClient>("some key"));
        Assert.Null(client.GetService<TimeProvider>());
    }

    private IChatClient Build() => _stage.Api.AsChatClient(new ChatBotKitChatClientOptions { ModelId = "scripted" })
        .AsBuilder()
        .UseDistributedCache(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())))
        .UseFunctionInvocation()
        .UseOpenTelemetry(sourceName: Source)
        .UseLogging(LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log)))
        .Build();

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
