using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Digests.Idle;
using ChatBotKit.Server.Tests.ConversationEngine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Conversations that have had no new message for some time.</summary>
/// <remarks>The messages are stored directly, because the ids that requests create have the time of the machine and not that of the test.</remarks>
public sealed class IdleConversationTests : IAsyncLifetime
{
    /// <summary>A little longer than a conversation must be quiet, and than the search for such conversations waits.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(62);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 5, 6, 7, 8, 0, TimeSpan.Zero));
    private EngineServer _server = null!;
    private string _bot = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Owner => _server.Http;

    private IStore Store => _server.Server.Store;

    public async ValueTask InitializeAsync()
    {
        _server = await EngineServer.StartAsync(_time, patientWithModels: true);
        _bot = (await PostAsync("bot/create", new { name = "Flora" })).Id();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task QuietPeriod_HasOneEvent()
    {
        var (talk, other) = (await TalkAsync(new { botId = _bot }), await TalkAsync(new { botId = _bot }));
        await SayAsync(talk, 1);
        await SayAsync(talk, 2);

        _time.Advance(Quiet);
        await WhenIdleAsync(talk, 1);
        await SayAsync(other, 1);
        _time.Advance(Quiet);
        await WhenIdleAsync(other, 1);

        var one = Assert.Single(await IdleAsync(talk));
        Assert.Equal((_bot, "Conversation idle"), (one.Text("botId"), one.Text("name")));
        await SayAsync(talk, 3);
        _time.Advance(Quiet);
        await WhenIdleAsync(talk, 2);
        Assert.Single(await IdleAsync(other));
    }

    [Fact]
    public async Task Conversation_ThatGoesOn_IsNotIdle()
    {
        var (talk, quiet) = (await TalkAsync(new { }), await TalkAsync(new { }));
        await SayAsync(talk, 1);
        await SayAsync(quiet, 1);
        _time.Advance(TimeSpan.FromMinutes(30));
        await SayAsync(talk, 2);

        _time.Advance(TimeSpan.FromMinutes(32));

        await WhenIdleAsync(quiet, 1);
        Assert.Empty(await IdleAsync(talk));
    }

    [Fact]
    public async Task Work_ThatWasKilledBeforeItsEnd_IsDoneAgain_Once()
    {
        var talk = await TalkAsync(new { });
        await SayAsync(talk, 1);
        var work = _server.Server.App.Services.GetRequiredService<IdleWork>();
        var item = new DueWorkItem(await Store.SingleAsync(DueWorkTable.Rows, """WHERE "Kind" = 'conversation-idle'"""));
        _time.AutoAdvanceAmount = TimeSpan.Zero;
        var lost = await work.WorkAsync(item, Token);
        Assert.NotNull(lost.Next);

        _time.Advance(Quiet);
        await WhenIdleAsync(talk, 1);
        // The same item again, as a process that has lost its lease would work on it: its mark is refused, and with it its effect.
        var late = await work.WorkAsync(item, Token);
        await Assert.ThrowsAsync<StaleWriteException>(() => Store.ChangeAsync(
            async db =>
            {
                await db.SettleDueWorkAsync(item.Row with { Payload = late.Next!.Value.Payload });
                await late.Effect!(db);
                return true;
            },
            Token));

        Assert.Single(await IdleAsync(talk));
    }

    [Fact]
    public async Task Conversations_OfManyMessages_AreFoundInPieces()
    {
        var talks = new List<string>();
        for (var number = 0; number <= IdleWork.PieceSize; number++)
            talks.Add($"talk{number}");
        var (account, now) = (await _server.Server.OwnerAccountIdAsync(), _time.GetUtcNow().ToUnixTimeMilliseconds());
        await Store.InsertAsync(ConversationTable.Rows, [.. talks.Select(id => new ConversationRow { Id = id, AccountId = account, CreatedAt = now, UpdatedAt = now })]);
        await Store.InsertAsync(MessageTable.Rows, [.. talks.Select(id => MessageOf(id, 1))]);

        _time.Advance(Quiet);

        await WaitAsync(async () => await Store.CountAsync(EventTable.Rows, """WHERE "Type" = 'conversation.idle'""") == talks.Count);
        var events = await Store.ListAsync(EventTable.Rows, """WHERE "Type" = 'conversation.idle'""");
        Assert.Equal(talks.Count, events.Select(one => one.ConversationId).Distinct().Count());
    }

    [Fact]
    public async Task Extraction_RunsForIdleConversations_OfItsBotAndOfPeople()
    {
        var extract = await ExtractAsync(new { botId = _bot, model = "scripted" });
        var never = await ExtractAsync(new { botId = _bot, model = "scripted", trigger = "never" });
        var quoting = await ExtractAsync(new { botId = _bot, model = "extractive" });
        var talk = await TalkAsync(new { botId = _bot });
        var (bare, ofTrigger) = (await TalkAsync(new { }), await TalkAsync(new { botId = _bot, meta = new { triggerIntegrationId = "a" } }));
        _server.Model.Answer(script => script.Text("""{"mood":"good"}""")).Answer(script => script.Text("""{"mood":"bad"}"""));
        foreach (var one in (string[])[bare, ofTrigger, talk])
            await SayAsync(one, 1);

        _time.Advance(Quiet);

        await WaitAsync(async () => (await ItemsAsync(extract)).Count == 1);
        foreach (var one in (string[])[bare, ofTrigger, talk])
            Assert.Single(await IdleAsync(one));
        await SayAsync(talk, 2);
        _time.Advance(Quiet);
        await WaitAsync(async () => (await ItemsAsync(extract)).Single().GetProperty("data").Text("mood") == "bad");
        Assert.Equal(talk, Assert.Single(await ItemsAsync(extract)).Text("conversationId"));
        Assert.Empty(await ItemsAsync(never));
        Assert.Empty(await ItemsAsync(quoting));
        Assert.Equal(2, _server.Model.Requests.Count);
        Assert.Equal("user: text 1\n\nuser: text 2", _server.Model.Requests[^1].LastText("user"));
    }

    [Fact]
    public async Task Setting_OfNoMinutes_SwitchesItOff()
    {
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_IDLE_MINUTES"] = "0" });
        var kept = new List<DueWorkRow>();
        await WaitAsync(async () => (kept = await server.Server.Store.ListAsync(DueWorkTable.Rows)).Exists(row => row.Kind == "retention"));

        Assert.DoesNotContain(kept, row => row.Kind == "conversation-idle");
    }

    [Theory]
    [InlineData(IdleQueries.EndOfPiece)]
    [InlineData(IdleQueries.LastMessages)]
    public async Task Search_ReadsTheStretchAlone(string query)
    {
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        SqlValue[] values = query == IdleQueries.EndOfPiece ? ["a", "b", 5] : ["a", "b"];

        var plan = await Store.QueryAsync(db => db.ListAsync($"EXPLAIN QUERY PLAN {query}", static row => row.GetString(3), values), Token);

        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) || step.Contains("TEMP", StringComparison.Ordinal));
    }

    private static async Task WaitAsync(Func<Task<bool>> isReached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(EngineServer.Patience);
        while (!await isReached())
            await Task.Delay(20, limit.Token);
    }

    private Task<JsonElement> PostAsync(string path, object body) => Owner.ReadAsync(HttpMethod.Post, path, body);

    private async Task<string> ExtractAsync(object integration) => (await PostAsync("integration/extract/create", integration)).Id();

    private async Task<string> TalkAsync(object conversation) => (await PostAsync("conversation/create", conversation)).Id();

    private Task SayAsync(string conversationId, long position) => Store.InsertAsync(MessageTable.Rows, MessageOf(conversationId, position));

    private MessageRow MessageOf(string conversationId, long position)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds() + position;
        return new MessageRow
        {
            Id = Ids.New(now),
            ConversationId = conversationId,
            Position = position,
            Type = "user",
            Text = $"text {position}",
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private async Task<List<JsonElement>> ItemsAsync(string extract) =>
        [.. (await Owner.ReadAsync(HttpMethod.Get, $"integration/extract/{extract}/item/list")).Items()];

    private async Task<List<JsonElement>> IdleAsync(string conversationId) =>
        [.. (await Owner.ReadAsync(HttpMethod.Get, $"event/log/list?type=conversation.idle&conversationId={conversationId}")).Items()];

    private Task WhenIdleAsync(string conversationId, int count) => WaitAsync(async () => (await IdleAsync(conversationId)).Count == count);
}
