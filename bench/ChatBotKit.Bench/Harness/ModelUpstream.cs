using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using ChatBotKit.Bench.Floors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Bench.Harness;

/// <summary>An OpenAI-compatible model that costs almost nothing. The name of the model selects its behaviour.</summary>
internal sealed class ModelUpstream : IAsyncDisposable
{
    /// <summary>Sends <see cref="FastTokens"/> tokens at once.</summary>
    public const string Fast = "fast";

    /// <summary>
    /// Sends <see cref="PacedTokens"/> tokens, one every <see cref="Pace"/>. Each token is the time at which it was sent.
    /// </summary>
    public const string Paced = "paced";

    /// <summary>Sends one token and then nothing until <see cref="Release"/>, or until the caller disconnects.</summary>
    public const string Held = "held";

    /// <summary>Calls <see cref="Function"/> once, and then answers like <see cref="Fast"/>.</summary>
    public const string Calls = "calls";

    /// <summary>The function that the model <see cref="Calls"/> calls.</summary>
    public const string Function = "hello";

    public const string ModelNames = $"{Fast},{Paced},{Held},{Calls}";

    public const int FastTokens = 200;

    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private const string Ending =
        """data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\n"
        + """data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":200,"total_tokens":209}}""" + "\n\n"
        + "data: [DONE]\n\n";

    private static readonly byte[] FastAnswer = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, FastTokens).Select(i => Chunk(i % 5 == 0 ? "-word" : " word"))) + Ending);

    private static readonly byte[] CallAnswer = Encoding.UTF8.GetBytes(
        """data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"hello","arguments":"{}"}}]},"finish_reason":null}]}""" + "\n\n"
        + """data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""" + "\n\ndata: [DONE]\n\n");

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ModelUpstream(int pacedTokens)
    {
        PacedTokens = pacedTokens;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public int PacedTokens { get; }

    /// <summary>The value for <c>OPENAI_BASE_URL</c>.</summary>
    public Uri BaseUrl => new(
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1");

    public static async Task<ModelUpstream> StartAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var upstream = new ModelUpstream(pacedTokens: options.IsQuick ? 10 : 250);
        await upstream._app.StartAsync(cancellationToken);
        return upstream;
    }

    /// <summary>Completes every held answer.</summary>
    public void Release() =>
        Interlocked.Exchange(ref _release, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        var body = await RequestBody.ReadAsync(context);
        context.Response.ContentType = "text/event-stream";
        try
        {
            await (body.AsSpan().IndexOf("\"model\":\"paced"u8) >= 0 ? SayPacedAsync(context.Response, ended.Token)
                : body.AsSpan().IndexOf("\"model\":\"held"u8) >= 0 ? HoldAsync(context.Response, ended.Token)
                : body.AsSpan().IndexOf("\"model\":\"calls"u8) >= 0 && body.AsSpan().IndexOf("\"role\":\"tool\""u8) < 0 ? context.Response.Body.WriteAsync(CallAnswer, ended.Token).AsTask()
                : context.Response.Body.WriteAsync(FastAnswer, ended.Token).AsTask());
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task SayPacedAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pace);
        for (var i = 0; i < PacedTokens; i++)
        {
            if (i > 0)
                await timer.WaitForNextTickAsync(cancellationToken);
            await response.WriteAsync(Chunk(Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture)), cancellationToken);
        }

        await response.WriteAsync(Ending, cancellationToken);
    }

    private async Task HoldAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var released = Volatile.Read(ref _release).Task;
        await response.WriteAsync(Chunk("wait"), cancellationToken);
        await released.WaitAsync(cancellationToken);
        await response.WriteAsync(Ending, cancellationToken);
    }

    private static string Chunk(string text) =>
        $$$"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"{{{text}}}"},"finish_reason":null}]}""" + "\n\n";
}
