using System.Net;
using System.Net.Http.Headers;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.EndToEnd.Tests;

/// <summary>A reverse proxy that responds with 504 while the model is still reasoning.</summary>
public sealed class ImpatientProxyTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _thought = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _upstream = new() { Timeout = Timeout.InfiniteTimeSpan };
    private ScriptedModelServer _model = null!;
    private ServerFactory _server = null!;
    private WebApplication _proxy = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(Token);
        _server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = _model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _proxy = builder.Build();
        _proxy.Run(PassAsync);
        await _proxy.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
        await _model.DisposeAsync();
        _upstream.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AwaitedAnswer_OfASlowModel_Comes_FromOneRun(bool isFresh)
    {
        _model.Answer(script => script.WaitFor(_thought.Task).Text("At last."));
        var conversation = await Api().Conversation.CreateAsync(new ConversationCreateRequest(), Token);
        var api = Api();
        if (!isFresh)
            await api.Conversation.FetchAsync(conversation.Id, Token);

        var answer = await api.Conversation.CompleteAsync(conversation.Id, new ConversationCompleteMessageRequest { Text = "hi" }, Token);

        Assert.Equal("At last.", answer.Text);
        Assert.Single(_model.Requests);
    }

    private ChatBotKitApi Api() => new(new ChatBotKitClientOptions
    {
        Secret = ServerFactory.OwnerSecret,
        BaseUrl = new Uri(_proxy.Urls.Single()),
        Retries = 3,
        RetryDelay = TimeSpan.Zero,
    });

    // The model continues only after the proxy has timed out and the client has returned.
    private async Task PassAsync(HttpContext context)
    {
        var isRun = HttpMethods.IsPost(context.Request.Method) && context.Request.Path.Value!.EndsWith("/complete", StringComparison.Ordinal);
        var waitsForTheEnd = isRun && !context.Request.Headers.Accept.ToString().Contains("jsonl", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_server.Address, context.Request.Path + context.Request.QueryString));
        if (HttpMethods.IsPost(context.Request.Method))
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        }

        foreach (var name in new[] { "Accept", "Authorization", "Idempotency-Key" })
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToArray());
        if (waitsForTheEnd)
        {
            using var impatience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            var pending = _upstream.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, impatience.Token);
            await _model.NextRequestAsync(context.RequestAborted);
            await impatience.CancelAsync();
            await pending.ContinueWith(static _ => { }, TaskScheduler.Default);
            context.Response.StatusCode = StatusCodes.Status504GatewayTimeout;
            await context.Response.WriteAsync("<html>504</html>", context.RequestAborted);
            return;
        }

        using var answer = await _upstream.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        if (isRun)
            _thought.TrySetResult();
        await HandOnAsync(context, answer);
    }

    private static async Task HandOnAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Where(header => header.Key.StartsWith("X-", StringComparison.Ordinal) || header.Key.StartsWith("Idempot", StringComparison.Ordinal)))
            context.Response.Headers[name] = values.ToArray();
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (answer.StatusCode != HttpStatusCode.NoContent && !HttpMethods.IsHead(context.Request.Method))
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
