using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Faults.Upstream;

/// <summary>A server in this process with the given model endpoint.</summary>
internal sealed class UpstreamServer : IAsyncDisposable
{
    /// <summary>Reached only by a failing test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private const string Secret = "sk-owner-of-the-upstream-tests";

    private readonly WebApplication _app;
    private readonly string _directory;

    private UpstreamServer(WebApplication app, string directory, LogLines log)
    {
        (_app, _directory, Log) = (app, directory, log);
        Http = ServerFactory.ClientOf(app, Secret);
        Http.Timeout = Patience;
    }

    public LogLines Log { get; }

    /// <summary>Sends the owner's API token.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="model">The endpoint.</param>
    /// <param name="limit">The limit of silence; a run may take three times as long. Null for the default limits.</param>
    public static async Task<UpstreamServer> StartAsync(Uri model, TimeSpan? limit = null)
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        var log = new LogLines();
        List<string> args =
        [
            "--urls=http://127.0.0.1:0", .. await StoreSettings.ArgumentsOfAsync(directory), $"--CHATBOTKIT_API_SECRET={Secret}",
            $"--OPENAI_BASE_URL={model}", $"--OPENAI_API_KEY={UpstreamFaults.Key}", "--OPENAI_MODELS=faulty",
            "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
        ];
        if (limit is { } seconds)
            args.AddRange([FormattableString.Invariant($"--OPENAI_FIRST_BYTE_SECONDS={seconds.TotalSeconds}"), FormattableString.Invariant($"--OPENAI_SILENCE_SECONDS={seconds.TotalSeconds}")]);
        var app = await ChatBotKitServer.StartAsync(
            [.. args],
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(log);
                if (limit is { } short_)
                    builder.Services.AddSingleton(new EngineOptions { RunLimit = short_ * 3 });
            },
            cancellationToken: Token);
        return new UpstreamServer(app, directory, log);
    }

    public async Task<string> AddConversationAsync() =>
        ApiJson.Id(await Http.ReadAsync(HttpMethod.Post, "conversation/create", "{}"));

    /// <summary>Returns the types and texts of the stored messages.</summary>
    public async Task<IReadOnlyList<(string Type, string Text)>> MessagesAsync(string conversationId) =>
        [.. (await Http.ReadAsync(HttpMethod.Get, $"conversation/{conversationId}/message/list")).Items().Select(item => (item.Text("type")!, item.Text("text")!))];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await StoreSettings.DeleteAsync(_directory);
    }
}
