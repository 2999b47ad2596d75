using System.Text;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The effects of a run that is interrupted before its turn or during it.</summary>
public sealed class CutRunTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("complete", null)]
    [InlineData("complete", "key")]
    [InlineData("dispatch", null)]
    public async Task Start_RunThatWaitsForItsTurn_IsStoredWithItsQuestionUntilItEnds(string operation, string? key)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var gate = new TaskCompletionSource();
        server.Model.Answer(script => script.WaitFor(gate.Task).Text("First."));
        using var first = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "One" });
        await server.Model.NextRequestAsync(Token);

        using var second = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/{operation}", new { text = "Two" }, key: key);
        var waiting = Assert.Single(await server.Server.Store.ListOpenRunsAsync(Token), run => run.QuestionText is not null);
        gate.SetResult();

        Assert.Equal("Two", waiting.QuestionText);
        var ended = await EndedAsync(server, waiting.Id);
        Assert.Null(ended.QuestionText);
        Assert.Equal(waiting.QuestionId, Assert.Single(await server.MessagesAsync(id), message => message.Text == "Two").Id);
    }

    /// <summary>A run counts as interrupted when its process has ended, and not when another process starts.</summary>
    [Theory]
    [InlineData("living", false)]
    [InlineData("this", false)]
    [InlineData("gone", true)]
    [InlineData(null, true)]
    public async Task Recovery_OfAnOpenRun_EndsItWhenItsOwnerIsGone(string? owner, bool isEnded)
    {
        await using var server = await EngineServer.StartAsync();
        var store = server.Server.Store;
        var run = new RunRow { Id = "run", AccountId = "a", LogId = "run", Kind = RunKinds.Complete, StartedAt = 1, Owner = owner };
        await store.CommitAsync(new WriteSet { StartedRun = run });
        var engine = server.Server.App.Services.GetRequiredService<EngineServices>() with { Nodes = new TwoNodes() };

        await new RunRecovery(engine).EndCutRunsAsync(Token);

        Assert.Equal(isEnded, (await store.FindRunAsync("run", Token))!.EndedAt is not null);
    }

    [Fact]
    public async Task Start_OfARun_StoresTheProcessAsItsOwner()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.Text("Hi."));

        var runId = (await server.CompleteAsync(id, new { text = "Hi" })).RunId;

        Assert.Equal(server.Server.App.Services.GetRequiredService<INodes>().Id, (await server.Server.Store.FindRunAsync(runId, Token))!.Owner);
    }

    [Fact]
    public async Task Restart_RunThatWaitedForItsTurn_AsksItsQuestionAndEnds()
    {
        await using var model = await ScriptedModelServer.StartAsync(Token);
        string id;
        await using (var first = await OneStart.StartAsync(_directory, model))
        {
            id = await first.AddConversationAsync();
            await StoreWaitingRunAsync(first, id, "run");
        }

        await using var second = await OneStart.StartAsync(_directory, model);

        var log = await second.FollowAsync(id, "run");
        Assert.Equal(["sendResult", "abort", "receiveResult", "result"], log.Types);
        var message = Assert.Single(await EngineServer.MessagesAsync(second.Store, id));
        Assert.Equal(("question of run", "user", "Two"), (message.Id, message.Type, message.Text));
    }

    [Fact]
    public async Task Restart_RunWhoseLogIsDamaged_KeepsNobodyElseFromBeingServed()
    {
        await using var model = await ScriptedModelServer.StartAsync(Token);
        string damaged, other;
        await using (var first = await OneStart.StartAsync(_directory, model))
        {
            damaged = await first.AddConversationAsync();
            await StoreWaitingRunAsync(first, damaged, "damaged");
            await first.Store.CommitAsync(new WriteSet { Log = [new LogAppend("damaged", 1, 1, Encoding.UTF8.GetBytes("{\"type\":\"token\",\n"), 1)] });
            other = await first.AddConversationAsync();
            await StoreWaitingRunAsync(first, other, "other");
        }

        await using var second = await OneStart.StartAsync(_directory, model);

        Assert.Null((await second.Store.FindRunAsync("damaged", Token))!.EndedAt);
        Assert.NotNull((await second.Store.FindRunAsync("other", Token))!.EndedAt);
        Assert.Single(await EngineServer.MessagesAsync(second.Store, other));
    }

    [Fact]
    public void Take_TokensAfterTheLastMessages_AreWhatIsNotKeptYet()
    {
        var cut = Read(
            """{"type":"sendResult","data":{"id":"q1","text":"One"}}""",
            """{"type":"reasoningToken","data":{"token":"Hm"}}""",
            """{"type":"token","data":{"token":"Half"}}""",
            """{"type":"message","data":{"type":"reasoning","text":"Hm"}}""",
            """{"type":"token","data":{"token":" an"}}""",
            """{"type":"reasoningToken","data":{"token":"So"}}""");

        Assert.Equal((true, "Half an", "So"), (cut.IsAsked, cut.Answer, cut.Reasoning));
    }

    [Fact]
    public void Take_AnswerThatBecameAMessage_IsWhatTheRunHasSaid()
    {
        var cut = Read(
            """{"type":"sendResult","data":{"id":"q1","text":"One"}}""",
            """{"type":"token","data":{"token":"Whole"}}""",
            """{"type":"message","data":{"id":"m1","type":"bot","text":"Whole","meta":{}}}""");

        Assert.Equal(("", ("m1", "Whole")), (cut.Answer, cut.LastAnswer));
    }

    [Fact]
    public async Task Restart_RunThatWasCutBehindItsAnswer_HasItAsItsResult()
    {
        await using var model = await ScriptedModelServer.StartAsync(Token);
        string id;
        await using (var first = await OneStart.StartAsync(_directory, model))
        {
            id = await first.AddConversationAsync();
            await StoreWaitingRunAsync(first, id, "run");
            var lines = """
                {"type":"sendResult","data":{"id":"question of run","text":"Two"}}
                {"type":"token","data":{"type":"bot","token":"Whole"}}
                {"type":"message","data":{"id":"m1","type":"bot","text":"Whole","meta":{}}}

                """;
            await first.Store.CommitAsync(new WriteSet { Log = [new LogAppend("run", 1, 3, Encoding.UTF8.GetBytes(lines), 1)] });
        }

        await using var second = await OneStart.StartAsync(_directory, model);

        var log = await second.FollowAsync(id, "run");
        Assert.Equal(["sendResult", "token", "message", "abort", "receiveResult", "result"], log.Types);
        Assert.Equal(("m1", "Whole"), (log.Result.GetProperty("id").GetString(), log.Result.GetProperty("text").GetString()));
        Assert.Equal("Whole", log.Data("receiveResult").Single().GetProperty("text").GetString());
    }

    [Fact]
    public void Take_RunsBeforeInTheChannel_AreNotItsOwn()
    {
        var cut = Read(
            """{"type":"sendResult","data":{"id":"q0","text":"Zero"}}""",
            """{"type":"reasoningToken","data":{"token":"Hm"}}""",
            """{"type":"token","data":{"token":"Cut"}}""",
            """{"type":"message","data":{"id":"m0","type":"bot","text":"Cut","meta":{}}}""",
            """{"type":"result","data":{}}""");

        Assert.Equal((false, "", "", (null, "")), (cut.IsAsked, cut.Answer, cut.Reasoning, cut.LastAnswer));
    }

    /// <summary>A line does not say which run it is of, so no text is given to a run that may be of another conversation.</summary>
    [Theory]
    [InlineData("q0", "q1")]
    [InlineData("q1", "q0")]
    public void Take_RunsAtTheSameTimeInTheChannel_AreNotTakenForEachOther(string first, string second)
    {
        var cut = Read(
            $$$"""{"type":"sendResult","data":{"id":"{{{first}}}","text":"One"}}""",
            """{"type":"token","data":{"token":"Of "}}""",
            $$$"""{"type":"sendResult","data":{"id":"{{{second}}}","text":"Two"}}""",
            """{"type":"token","data":{"token":"whom?"}}""",
            """{"type":"reasoningToken","data":{"token":"Hm"}}""",
            """{"type":"message","data":{"id":"m0","type":"bot","text":"Of whom?","meta":{}}}""");

        Assert.Equal((true, "", "", (null, "")), (cut.IsAsked, cut.Answer, cut.Reasoning, cut.LastAnswer));
    }

    [Fact]
    public void Take_RunAfterOthersInTheChannel_IsItsOwn()
    {
        var cut = Read(
            """{"type":"sendResult","data":{"id":"q0","text":"Zero"}}""",
            """{"type":"token","data":{"token":"Zero"}}""",
            """{"type":"result","data":{}}""",
            """{"type":"sendResult","data":{"id":"q1","text":"One"}}""",
            """{"type":"token","data":{"token":"Mine"}}""");

        Assert.Equal((true, "Mine"), (cut.IsAsked, cut.Answer));
    }

    [Fact]
    public void Take_AnotherRunBeforeItsOwnTurn_IsNotItsOwn()
    {
        var cut = Read(
            """{"type":"sendResult","data":{"id":"q0","text":"Zero"}}""",
            """{"type":"token","data":{"token":"Zero"}}""");

        Assert.Equal((false, ""), (cut.IsAsked, cut.Answer));
    }

    private static CutRun Read(params string[] lines)
    {
        var cut = new CutRun("q1");
        foreach (var line in lines)
            cut.Take(Encoding.UTF8.GetBytes(line));
        return cut;
    }

    private static async Task StoreWaitingRunAsync(OneStart server, string conversationId, string runId)
    {
        var conversation = (await server.Store.LoadConversationAsync(conversationId, 0, Token))!.Conversation;
        await server.Store.CommitAsync(new WriteSet
        {
            StartedRun = new RunRow
            {
                Id = runId,
                AccountId = conversation.AccountId,
                ConversationId = conversationId,
                LogId = runId,
                Kind = RunKinds.Complete,
                StartedAt = 1,
                QuestionId = "question of " + runId,
                QuestionText = "Two",
            },
        });
    }

    private static async Task<RunRow> EndedAsync(EngineServer server, string runId)
    {
        while (true)
        {
            if (await server.Server.Store.FindRunAsync(runId, Token) is { EndedAt: not null } run)
                return run;
            await Task.Yield();
        }
    }

    private sealed class TwoNodes : INodes
    {
        public string Id => "this";

        public bool IsGone(string? nodeId) => nodeId is not ("this" or "living");
    }
}
