using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.RunLog;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Faults.Network;

/// <summary>A server in this process with a scripted model, and several kinds of clients.</summary>
internal sealed class NetworkServer : IAsyncDisposable
{
    public const string Secret = "sk-owner-secret-of-the-tests";

    /// <summary>Characters of one to four bytes, so that a border can fall into the middle of each.</summary>
    public static readonly string[] Pieces = ["Grüße", " 漢字", " 🌷🌷", " an", " alle", ".\n", "\"Ende\""];

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _directory;

    private NetworkServer(string directory, WebApplication app, ScriptedModelServer model, FaultyProxy modelProxy)
    {
        _directory = directory;
        App = app;
        Model = model;
        ModelProxy = modelProxy;
        Api = new ChatBotKitApi(Options(Address));
    }

    public WebApplication App { get; }

    public ScriptedModelServer Model { get; }

    /// <summary>A proxy between the server and its model, which counts the bytes of the model.</summary>
    public FaultyProxy ModelProxy { get; }

    public Uri Address => new(App.Urls.Single());

    /// <summary>A client that is connected directly.</summary>
    public ChatBotKitApi Api { get; }

    public LogDirectory Logs => App.Services.GetRequiredService<LogDirectory>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<NetworkServer> StartAsync(TimeProvider? time = null)
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-network-").FullName;
        var model = await ScriptedModelServer.StartAsync(Token);
        model.Otherwise(_ => new ModelScript().Text(Pieces));
        var modelProxy = FaultyProxy.Start(model.BaseUrl);
        var app = await ChatBotKitServer.StartAsync(
            [
                "--urls=http://127.0.0.1:0", .. await StoreSettings.ArgumentsOfAsync(directory), $"--CHATBOTKIT_API_SECRET={Secret}",
                $"--OPENAI_BASE_URL={new Uri(modelProxy.Address, model.BaseUrl.AbsolutePath)}", "--OPENAI_MODELS=scripted",
                "--OPENAI_FIRST_BYTE_SECONDS=86400", "--OPENAI_SILENCE_SECONDS=86400",
            ],
            builder =>
            {
                builder.Logging.ClearProviders();
                // By default, the web server closes a connection that is not read for some seconds. These tests need it to stay
                // open.
                builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinResponseDataRate = null);
                if (time is not null)
                    builder.Services.AddSingleton(time);
            },
            cancellationToken: Token);
        return new NetworkServer(directory, app, model, modelProxy);
    }

    public static ChatBotKitClientOptions Options(Uri address, HttpClient? http = null) => new()
    {
        Secret = Secret,
        BaseUrl = address,
        HttpClient = http,
        Retries = 8,
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };

    public async Task<string> NewConversationAsync() => (await Api.Conversation.CreateAsync(new ConversationCreateRequest(), Token)).Id;

    /// <summary>Creates a run that has ended, and returns its events.</summary>
    public async Task<StoredRun> AddRunAsync()
    {
        var conversation = await NewConversationAsync();
        var answer = Api.Conversation.CompleteAsync(conversation, new ConversationCompleteMessageRequest { Text = "Hello" }, Token);
        var events = await ReadAsync(answer);
        return new StoredRun(conversation, answer.RunId!, events);
    }

    /// <summary>Returns all events as texts that identify them.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(IAsyncEnumerable<RunEvent> events)
    {
        var read = new List<string>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        await foreach (var one in events.WithCancellation(limit.Token))
            read.Add($"{one.Id} {one.Type} {one.CreatedAt?.ToUnixTimeMilliseconds()} {TextOf(one)}");
        return read;
    }

    /// <summary>Returns the content of events, without the parts that differ between runs.</summary>
    public static IEnumerable<string> Content(IEnumerable<string> events) =>
        events.Select(one => one.Split(' ', 4)).Select(parts => $"{parts[0]} {parts[1]} {parts[3]}");

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await ModelProxy.DisposeAsync();
        await Model.DisposeAsync();
        await StoreSettings.DeleteAsync(_directory);
    }

    private static string? TextOf(RunEvent one) => one switch
    {
        TokenEvent token => token.Token,
        MessageEvent message => message.Data.Text,
        ResultEvent result => result.Data.Text,
        _ => "",
    };
}

/// <summary>A run that has ended.</summary>
internal sealed record StoredRun(string Conversation, string Id, IReadOnlyList<string> Events);
