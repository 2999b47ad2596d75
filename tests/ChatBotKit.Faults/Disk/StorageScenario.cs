using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;

namespace ChatBotKit.Faults.Disk;

/// <summary>
/// A server with writers, a stream, a plain response and a subscription, whose disk or database fails and recovers. The scenario checks what
/// every caller receives, and what is stored afterwards.
/// </summary>
internal sealed class StorageScenario(Uri address, ScriptedModelServer model) : IDisposable
{
    public const string Secret = "sk-owner-secret-of-the-tests";

    private const string Plain = "Without a stream";

    // Longer than the one or two pages that a full disk may have left, even if the database compresses it.
    private static readonly string Long = MakeLong();

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly ConcurrentBag<(string Conversation, string Text)> _acknowledged = [];
    private readonly HttpClient _http = ServerFactory.ClientOf(address, Secret);
    private readonly ChatBotKitApi _api = new(new ChatBotKitClientOptions { Secret = Secret, BaseUrl = address, Retries = 0 });

    private readonly ChatBotKitApi _patientApi = new(new ChatBotKitClientOptions
    {
        Secret = Secret,
        BaseUrl = address,
        Retries = 100,
        RetryDelay = TimeSpan.FromMilliseconds(20),
    });

    private int _refused;

    public string Summary => $"{_acknowledged.Count} writes acknowledged, {_refused} refused";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    /// <param name="failAsync">Makes the storage fail.</param>
    /// <param name="mendAsync">Makes it work again.</param>
    /// <param name="writing">The number of concurrent writers.</param>
    /// <param name="isTotal">Whether not even a single page can be written.</param>
    /// <param name="readsFail">Whether reads fail too, so that a publication may be refused before it concerns the subscribers.</param>
    public async Task FailAndMendAsync(Func<Task> failAsync, Func<Task> mendAsync, int writing, bool isTotal, bool readsFail = false)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writers = Enumerable.Range(0, writing).Select(_ => WriteAsync(stopping.Token)).ToList();
        var channel = $"a-channel-{Guid.NewGuid():N}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        await using var subscription =
            await ScenarioSubscription.StartAsync(_api, channel, () => PublishAsync(channel, 0), Patience, Token);

        var (run, plain, goOn) = (await BeginRunAsync(limit.Token), await NewConversationAsync(), new TaskCompletionSource());
        model.Answer(script => script.WaitFor(goOn.Task).Text(Long));
        var answer = AnswerAsync(plain);
        await WaitForRequestAsync(Plain);
        await failAsync();
        goOn.SetResult();
        run.GoOn.SetResult();

        Assert.Equal("SERVICE_UNAVAILABLE", (await ReadToTheErrorAsync(run)).Code);
        await CheckIsRefusedAsync(answer);
        await CheckIsRefusedAsync(PublishAsync(channel, 1, Long));
        var listening = subscription.ListenAsync(number: 2);
        if (!readsFail)
            Assert.Equal("SERVICE_UNAVAILABLE", await listening);
        await CheckRefusalsAsync(plain, isTotal);

        await mendAsync();
        await CheckMendedAsync(run, channel);
        Assert.True(await listening is "SERVICE_UNAVAILABLE" or "goes on");
        await stopping.CancelAsync();
        await Task.WhenAll(writers);
        await CheckAcknowledgedAsync();
    }

    /// <summary>Writes while the storage is disturbed, and checks that every acknowledged write is stored once.</summary>
    public async Task WriteWhileAsync(Func<Task> disturbAsync, int writing)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writers = Enumerable.Range(0, writing).Select(_ => WriteAsync(stopping.Token)).ToList();
        while (_acknowledged.Select(one => one.Conversation).Distinct().Count() < writing)
            await Task.Delay(5, Token);
        await disturbAsync();
        await stopping.CancelAsync();
        await Task.WhenAll(writers).WaitAsync(Patience, Token);
        await CheckAcknowledgedAsync();
    }

    /// <summary>Checks that every acknowledged write is stored once. It can also be called after a restart.</summary>
    public async Task CheckAcknowledgedAsync(Uri? elsewhere = null)
    {
        var messages = new MessageClient(new ChatBotKitClientOptions { Secret = Secret, BaseUrl = elsewhere ?? address });
        foreach (var conversation in _acknowledged.GroupBy(one => one.Conversation, one => one.Text))
        {
            var found = new List<string>();
            string? cursor = null;
            while (true)
            {
                var page = await messages.ListAsync(conversation.Key, new MessageListRequest { Cursor = cursor, Take = 100 }, Token);
                found.AddRange(page.Items.Select(item => item.Text!));
                if (page.Items.Count < 100)
                    break;
                cursor = page.Items[^1].Id;
            }

            Assert.Equal(found.Distinct().Count(), found.Count);
            Assert.Empty(conversation.Except(found));
        }
    }

    private async Task WriteAsync(CancellationToken stopping)
    {
        var conversation = await NewConversationAsync();
        for (var number = 0; !stopping.IsCancellationRequested; number++)
        {
            var text = $"{conversation} {number}";
            using var answer = await PostMessageAsync(conversation, text);
            if (answer.IsSuccessStatusCode)
            {
                _acknowledged.Add((conversation, text));
                continue;
            }

            Interlocked.Increment(ref _refused);
            await answer.AssertRefusedAsync("503 SERVICE_UNAVAILABLE");
        }
    }

    private Task<IdResponse> PublishAsync(string channel, int number, string text = "") => _api.Channel.PublishAsync(
        channel, new ChannelPublishRequest { Message = new JsonObject { ["number"] = number, ["text"] = text } }, Token);

    private async Task AnswerAsync(string conversation) =>
        await _api.Conversation.CompleteAsync(conversation, new ConversationCompleteMessageRequest { Text = Plain }, Token);

    /// <summary>Waits until the model is asked this, and passes over the other requests.</summary>
    private async Task WaitForRequestAsync(string text)
    {
        while ((await model.NextRequestAsync(Token)).LastText("user") != text)
        {
        }
    }

    private async Task<string> NewConversationAsync() =>
        (await _api.Conversation.CreateAsync(new ConversationCreateRequest(), Token)).Id;

    private async Task<CutRun> BeginRunAsync(CancellationToken limit)
    {
        var (conversation, goOn) = (await NewConversationAsync(), new TaskCompletionSource());
        model.Answer(script => script.Text("One").WaitFor(goOn.Task).Text(Long, Long).Silence());
        var answer = _api.Conversation.CompleteAsync(conversation, new ConversationCompleteMessageRequest { Text = "Hello" }, limit);
        var events = answer.GetAsyncEnumerator(limit);
        while (await events.MoveNextAsync())
        {
            if (events.Current is TokenEvent token)
                return new CutRun(conversation, answer.RunId!, events, goOn) { Last = token.Id!.Value };
        }

        throw new InvalidOperationException("The run said nothing.");
    }

    private static async Task<ChatBotKitException> ReadToTheErrorAsync(CutRun run)
    {
        await using var events = run.Events;
        return await Assert.ThrowsAsync<ChatBotKitException>(async () =>
        {
            while (await events.MoveNextAsync())
                run.Last = events.Current.Id ?? run.Last;
        });
    }

    private static async Task CheckIsRefusedAsync(Task call)
    {
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => call.WaitAsync(Patience, Token));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE"), (failure.StatusCode, failure.Code));
    }

    private async Task CheckRefusalsAsync(string conversation, bool isTotal)
    {
        using var answer = await PostMessageAsync(conversation, Long);
        await answer.AssertRefusedAsync("503 SERVICE_UNAVAILABLE");
        if (isTotal)
            await _http.AssertRefusedAsync("503 SERVICE_UNAVAILABLE", HttpMethod.Get, "/health/ready");
        await _http.ReadTextAsync("/health/live");
    }

    private async Task CheckMendedAsync(CutRun run, string channel)
    {
        // Before any other call: the server detects the recovery without one.
        await WaitUntilReadyAsync();
        await PublishAsync(channel, 2);
        var rest = new List<RunEvent>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        await foreach (var happened in _patientApi.Conversation.Run.StreamAsync(run.Conversation, run.Id, run.Last, limit.Token))
            rest.Add(happened);

        var result = Assert.IsType<ResultEvent>(rest[^1]);
        Assert.Equal(("abort", "storage"), (result.Data.End!.Reason.Value, Reason(rest)));
        Assert.Equal(Enumerable.Range((int)run.Last + 1, rest.Count), rest.Select(one => (int)one.Id!.Value));
        var partial = result.Data.Text!;
        Assert.StartsWith("One", partial, StringComparison.Ordinal);
        // The first try may ask the model and then fail, because its connection is gone.
        model.Otherwise(static _ => new ModelScript().Text("Four"));
        var next = await _patientApi.Conversation.CompleteAsync(run.Conversation, new ConversationCompleteMessageRequest { Text = "Again" }, Token);
        Assert.Equal("Four", next.Text);
        var messages = await _api.Conversation.Message.ListAsync(run.Conversation, cancellationToken: Token);
        Assert.Equal(["Hello", partial, "Again", "Four"], messages.Items.OrderBy(item => item.CreatedAt).Select(item => item.Text));
    }

    /// <summary>Waits until the server is ready. The first answers may still report the failure of a connection that is gone.</summary>
    private async Task WaitUntilReadyAsync()
    {
        for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < Patience; await Task.Delay(TimeSpan.FromMilliseconds(100), Token))
        {
            using var answer = await _http.SendAsync(HttpMethod.Get, "/health/ready");
            if (answer.IsSuccessStatusCode)
                return;
            await answer.AssertRefusedAsync("503 SERVICE_UNAVAILABLE");
        }

        Assert.Fail($"The server is not ready {Patience.TotalSeconds} s after the storage was mended.");
    }

    private static string MakeLong()
    {
        var bytes = new byte[22_000];
        new Random(1).NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }

    private static string? Reason(IEnumerable<RunEvent> events) => events.OfType<AbortEvent>().Single().Data.Reason?.GetString();

    private Task<HttpResponseMessage> PostMessageAsync(string conversation, string text) =>
        _http.SendAsync(HttpMethod.Post, $"conversation/{conversation}/message/create", new { type = "user", text });

    private sealed record CutRun(string Conversation, string Id, IAsyncEnumerator<RunEvent> Events, TaskCompletionSource GoOn)
    {
        /// <summary>The number of the last event that was read.</summary>
        public long Last { get; set; }
    }
}
