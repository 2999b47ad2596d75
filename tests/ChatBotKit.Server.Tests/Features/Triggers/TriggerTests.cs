using System.Net.Http.Headers;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Triggers;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Features;

public sealed class TriggerTests : IAsyncLifetime
{
    private EngineServer _server = null!;
    private string _bot = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Owner => _server.Http;

    public async ValueTask InitializeAsync()
    {
        _server = await EngineServer.StartAsync();
        _bot = ApiJson.Id(await Owner.ReadAsync(HttpMethod.Post, "bot/create", """{"backstory":"You handle events."}"""));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Invoke_LetsTheBotHandleTheEvent()
    {
        var trigger = await CreateAsync(new { botId = _bot, name = "Forms" });

        Assert.Equal(trigger, ApiJson.Id(await Owner.ReadAsync(HttpMethod.Post, $"integration/trigger/{trigger}/invoke", "{}")));

        var sent = await _server.Model.NextRequestAsync(Token);
        Assert.Equal("You handle events.", sent.LastText("system"));
        Assert.Contains(ToolTexts(sent), text => text.Contains("invoke", StringComparison.Ordinal));
        Assert.Contains(ToolTexts(sent), text => text.Contains("Forms", StringComparison.Ordinal));
        var conversation = Assert.Single((await Owner.ReadAsync(HttpMethod.Get, "conversation/list")).Items());
        Assert.Equal("trigger", conversation.GetProperty("meta").Text("app"));
        var item = await Owner.ReadAsync(HttpMethod.Get, $"integration/trigger/{trigger}/fetch");
        Assert.Equal(JsonValueKind.Number, item.GetProperty("lastTriggerAt").ValueKind);
        var entries = await Owner.ReadAsync(HttpMethod.Get, "event/log/list?type=conversation.create");
        Assert.Equal(ApiJson.Id(conversation), Assert.Single(entries.Items()).Text("conversationId"));
    }

    [Fact]
    public async Task Invoke_WithTheSameKey_RunsOnce()
    {
        var trigger = await CreateAsync(new { botId = _bot });

        await Owner.ReadAsync(HttpMethod.Post, $"integration/trigger/{trigger}/invoke", "{}", key: "one");
        await Owner.ReadAsync(HttpMethod.Post, $"integration/trigger/{trigger}/invoke", "{}", key: "one");

        Assert.Single((await Owner.ReadAsync(HttpMethod.Get, "conversation/list")).Items());
    }

    [Fact]
    public async Task Event_OfAnotherProgram_NeedsTheSecret()
    {
        var trigger = await CreateAsync(new { botId = _bot });
        var secret = (await Owner.ReadAsync(HttpMethod.Get, $"integration/trigger/{trigger}/fetch")).Text("secret")!;
        using var stranger = _server.Server.Client(credential: null);

        await stranger.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, $"integration/trigger/{trigger}/event", Form());
        using (var wrong = await stranger.SendAsync(HttpMethod.Post, $"integration/trigger/{trigger}/event", Form(), token: "wrong"))
            await wrong.AssertRefusedAsync("401 NOT_AUTHENTICATED");
        using var right = await stranger.SendAsync(HttpMethod.Post, $"integration/trigger/{trigger}/event", Form(), token: secret);
        await right.AssertOkAsync();

        var sent = await _server.Model.NextRequestAsync(Token);
        Assert.Contains(ToolTexts(sent), text => text.Contains("name=Ada", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_OfASession_ShareAConversation()
    {
        var trigger = await CreateAsync(new { botId = _bot, authenticate = false });
        using var stranger = _server.Server.Client(credential: null);

        foreach (var query in (string[])["?session=a", "?session=a", "?session=b", ""])
            await stranger.ReadAsync(HttpMethod.Post, $"integration/trigger/{trigger}/event{query}", Form());

        Assert.Equal(3, (await Owner.ReadAsync(HttpMethod.Get, "conversation/list")).Items().Count());
    }

    [Fact]
    public async Task Trigger_WithoutABot_IsAConflict()
    {
        var trigger = await CreateAsync(new { });

        await Owner.AssertRefusedAsync("409 CONFLICT: The trigger has no bot", HttpMethod.Post, $"integration/trigger/{trigger}/invoke", "{}");
        await Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, "integration/trigger/nothing/invoke", "{}");
        Assert.Equal(trigger, ApiJson.Id(await Owner.ReadAsync(HttpMethod.Post, $"integration/trigger/{trigger}/setup", "{}")));
    }

    [Fact]
    public async Task Event_IsHandledOnce_WhenItsWorkIsDoneAgain()
    {
        var (trigger, conversation) = (await CreateAsync(new { botId = _bot }), await _server.AddConversationAsync());
        var now = TimeProvider.System.GetUtcNow();
        var item = new DueWorkItem(DueWorkRow.New(TriggerRunWork.WorkKind, Ids.New(), now, now, TriggerRunWork.PayloadOf(trigger, conversation, "Lilies")));
        var work = _server.Server.App.Services.GetRequiredService<TriggerRunWork>();

        // The process is killed after the first attempt has started the run, and before its end is stored.
        await work.WorkAsync(item, Token);
        var again = await work.WorkAsync(item, Token);

        Assert.NotNull(again.Effect);
        Assert.Equal(item.Key, (await _server.Server.Store.SingleAsync(RunTable.Rows)).Id);
        Assert.Contains(ToolTexts(await _server.Model.NextRequestAsync(Token)), text => text.Contains("Lilies", StringComparison.Ordinal));
    }

    /// <summary>A turn that the end of the process, or of the store, has cut goes on. One that somebody has aborted does not.</summary>
    [Theory]
    [InlineData("restart", true)]
    [InlineData("shutdown", true)]
    [InlineData("storage", true)]
    [InlineData("request", false)]
    [InlineData("timeout", false)]
    public async Task Event_WhoseTurnWasAborted_IsHandledToItsEnd_WhenTheTurnWasCut(string reason, bool goesOn)
    {
        var (trigger, conversation) = (await CreateAsync(new { botId = _bot }), await _server.AddConversationAsync());
        var now = TimeProvider.System.GetUtcNow();
        var item = new DueWorkItem(DueWorkRow.New(TriggerRunWork.WorkKind, Ids.New(), now, now, TriggerRunWork.PayloadOf(trigger, conversation, "Lilies")));
        await StoreAbortedAsync(item.Key, conversation, reason);
        var work = _server.Server.App.Services.GetRequiredService<TriggerRunWork>();

        var result = await work.WorkAsync(item, Token);

        Assert.Equal(goesOn, result.Next is not null);
        if (!goesOn)
        {
            Assert.Equal(item.Key, (await _server.Server.Store.SingleAsync(RunTable.Rows)).Id);
            return;
        }

        var sent = await _server.Model.NextRequestAsync(Token);
        Assert.Contains("interrupted", sent.LastText("user"), StringComparison.Ordinal);
        Assert.Contains(ToolTexts(sent), text => text.Contains("Lilies", StringComparison.Ordinal));
        // The next attempts find the second turn, and do nothing more once it has ended.
        var next = new DueWorkItem(item.Row with { Payload = result.Next!.Value.Payload });
        await Eventually.IsAsync(async () => (await work.WorkAsync(next, Token)).Next is null);
        Assert.Equal(2, await _server.Server.Store.CountAsync(RunTable.Rows));
        Assert.Single(_server.Model.Requests);
    }

    [Fact]
    public async Task Event_ThatWasHandled_IsLogged()
    {
        var trigger = await CreateAsync(new { botId = _bot });

        await Owner.ReadAsync(HttpMethod.Post, $"integration/trigger/{trigger}/invoke", "{}");

        JsonElement[] events = [];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(EngineServer.Patience);
        while (events.Length == 0)
        {
            await Task.Delay(20, limit.Token);
            events = [.. (await Owner.ReadAsync(HttpMethod.Get, $"event/log/list?triggerIntegrationId={trigger}&type=integration.trigger.interact")).Items()];
        }

        Assert.Equal(_bot, Assert.Single(events).Text("botId"));
    }

    [Fact]
    public async Task Event_ThatIsTooLong_IsRefused()
    {
        var trigger = await CreateAsync(new { botId = _bot, authenticate = false });

        await Owner.AssertRefusedAsync(
            "413 CONTENT_TOO_LARGE", HttpMethod.Post, $"integration/trigger/{trigger}/event", new ByteArrayContent(new byte[70_000]));
    }

    /// <summary>Stores a turn that has ended with an abortion.</summary>
    private Task StoreAbortedAsync(string runId, string conversationId, string reason)
    {
        var lines = $$$"""
            {"type":"sendResult","data":{"id":"m","text":"An event"},"createdAt":1,"id":1}
            {"type":"abort","data":{"reason":"{{{reason}}}"},"createdAt":1,"id":2}
            {"type":"receiveResult","data":{},"createdAt":1,"id":3}
            {"type":"result","data":{},"createdAt":1,"id":4}

            """;
        return _server.Server.Store.CommitAsync(new WriteSet
        {
            StartedRun = new RunRow
            {
                Id = runId,
                AccountId = "a",
                ConversationId = conversationId,
                LogId = runId,
                Kind = "complete",
                StartedAt = 1,
                EndedAt = 2,
                EndReason = "abort",
            },
            Log = [new LogAppend(runId, 1, 4, System.Text.Encoding.UTF8.GetBytes(lines), 1)],
        });
    }

    private async Task<string> CreateAsync(object fields) =>
        ApiJson.Id(await Owner.ReadAsync(HttpMethod.Post, "integration/trigger/create", fields));

    private static ByteArrayContent Form()
    {
        var content = new ByteArrayContent("name=Ada"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return content;
    }

    private static IEnumerable<string> ToolTexts(ScriptedRequest request) =>
        request.Messages.Where(message => message.Text("role") == "tool").Select(message => message.Text("content")!);
}
