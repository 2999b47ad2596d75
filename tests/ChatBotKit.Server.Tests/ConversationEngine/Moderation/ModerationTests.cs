using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Tests.RunLog;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class ModerationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Complete_AFlaggedMessage_IsNotedAndAnswered()
    {
        await using var moderation = await ModerationServer.StartAsync(Token);
        await using var server = await StartAsync(moderation);
        var id = await CreateAsync(server, new { moderation = true, meta = new { a = 1 } });

        var run = await server.CompleteAsync(id, new { text = "I do harm." });

        Assert.Equal(ScriptedModelServer.DefaultText, run.Text);
        Assert.Equal(["sendResult", "message", "completeBegin"], run.Types.Take(3));
        var noted = run.Data("message")[0];
        Assert.Equal("context", noted.Text("type"));
        Assert.Equal("""{"flagged":true,"categories":["violence"]}""", noted.GetProperty("meta").GetProperty("abuse").GetRawText());
        var messages = await server.MessagesAsync(id);
        Assert.Equal(["user", "context", "bot"], messages.Select(message => message.Type));
        var meta = (await server.Http.ReadAsync(HttpMethod.Get, $"conversation/{id}/fetch")).GetProperty("meta");
        Assert.Equal("""{"a":1,"abuse":{"flagged":true,"categories":["violence"]}}""", meta.GetRawText());
        Assert.Contains(
            "flagged by moderation: violence",
            server.Model.Requests[0].Messages.Last(message => message.Text("role") == "system").Text("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_AnotherMessage_IsJustAnswered()
    {
        await using var moderation = await ModerationServer.StartAsync(Token);
        await using var server = await StartAsync(moderation);
        var id = await CreateAsync(server, new { moderation = true });

        await server.CompleteAsync(id, new { text = "I do good." });

        Assert.Equal(["I do good."], moderation.Texts);
        Assert.Equal("m", moderation.Requests[0].GetProperty("model").GetString());
        Assert.Equal(["user", "bot"], (await server.MessagesAsync(id)).Select(message => message.Type));
    }

    [Fact]
    public async Task Complete_Stateless_NotesTheMessageInTheStream()
    {
        await using var moderation = await ModerationServer.StartAsync(Token);
        await using var server = await StartAsync(moderation);

        var run = await server.RunAsync("/v1/conversation/complete", new
        {
            moderation = true,
            messages = new[] { new { type = "user", text = "First harm." }, new { type = "user", text = "More harm." } },
        });

        Assert.Equal(["More harm."], moderation.Texts);
        Assert.Equal("context", run.Data("message")[0].Text("type"));
        Assert.Equal(3, server.Model.Requests[0].Messages.Count);
    }

    [Fact]
    public async Task Send_AFlaggedMessage_IsNoted()
    {
        await using var moderation = await ModerationServer.StartAsync(Token);
        await using var server = await StartAsync(moderation);
        var id = await CreateAsync(server, new { moderation = true });

        await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{id}/send", new { text = "harm" });

        Assert.Equal(["user", "context"], (await server.MessagesAsync(id)).Select(message => message.Type));
        var item = await server.Http.ReadAsync(HttpMethod.Get, $"conversation/{id}/fetch");
        Assert.True(item.GetProperty("meta").GetProperty("abuse").GetProperty("flagged").GetBoolean());
    }

    /// <summary>The message, its verdict and the mark of the conversation are one transaction, so no crash can part them.</summary>
    [Fact]
    public async Task Send_WhileTheVerdictIsOpen_StoresNothing()
    {
        await using var moderation = await ModerationServer.StartAsync(Token);
        var (arrived, gate) = (NewGate(), NewGate());
        moderation.Instead = async context =>
        {
            arrived.TrySetResult();
            await gate.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("""{"results":[{"flagged":true,"categories":{"violence":true}}]}""", Token);
        };
        await using var server = await StartAsync(moderation);
        var id = await CreateAsync(server, new { moderation = true });

        var sending = server.Http.ReadAsync(HttpMethod.Post, $"conversation/{id}/send", new { text = "harm" });
        await arrived.Task.WaitAsync(EngineServer.Patience, Token);
        Assert.Empty(await server.MessagesAsync(id));
        gate.SetResult();
        await sending;

        Assert.Equal(["user", "context"], (await server.MessagesAsync(id)).Select(message => message.Type));
    }

    [Fact]
    public async Task Flagged_InARun_IsOneCommit()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var services = server.Server.App.Services.GetRequiredService<EngineServices>();
        var store = new GatedStore();
        var log = new AppendLog("run", store, last: 0, TimeProvider.System);
        var snapshot = await server.Server.Store.LoadConversationAsync(id, 1, Token);

        new RunEvents(log, new ConversationState(snapshot!, isWhole: true, services)).Flagged(new Abuse(["violence"]));
        log.Flush();

        var writes = (await store.NextCommitAsync()).Writes;
        Assert.Equal("context", Assert.Single(writes.Messages).Type);
        Assert.Equal((id, "abuse", """{"flagged":true,"categories":["violence"]}"""), (writes.Metas[0].ConversationId, writes.Metas[0].Name, writes.Metas[0].Value));
        Assert.Equal(["message.create", "conversation.update"], writes.Events.Select(entry => entry.Type));
        Assert.Single(writes.Log);
    }

    [Fact]
    public async Task Complete_WithPrivacy_ModeratesTheTextWithoutData()
    {
        await using var moderation = await ModerationServer.StartAsync(Token);
        await using var server = await StartAsync(moderation);
        var id = await CreateAsync(server, new { moderation = true, privacy = true });

        await server.CompleteAsync(id, new { text = "I am a@example.com" });

        Assert.Equal(["I am [EMAIL_1]"], moderation.Texts);
    }

    [Fact]
    public async Task Complete_ALongMessage_IsModeratedInParts()
    {
        await using var moderation = await ModerationServer.StartAsync(Token);
        await using var server = await StartAsync(moderation);
        var id = await CreateAsync(server, new { moderation = true });
        var text = new string('a', 7_999) + "😀" + new string('b', 3_000) + "harm";

        await server.CompleteAsync(id, new { text });

        Assert.Equal(text, string.Concat(moderation.Texts));
        Assert.Equal([7_999, 3_006], moderation.Texts.Select(part => part.Length));
        Assert.Equal("context", (await server.MessagesAsync(id))[1].Type);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(429, "{}")]
    [InlineData(200, "no JSON")]
    [InlineData(200, """{"results":[]}""")]
    [InlineData(200, """{"results":[{"flagged":"yes"}]}""")]
    [InlineData(200, """{"results":7}""")]
    public async Task Complete_TheEndpointFails_AnswersWithoutModeration(int status, string body)
    {
        await using var moderation = await ModerationServer.StartAsync(Token);
        moderation.Instead = context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body, Token);
        };
        await using var server = await StartAsync(moderation);
        var id = await CreateAsync(server, new { moderation = true });

        var run = await server.CompleteAsync(id, new { text = "harm" });

        Assert.Equal("stop", run.EndReason);
        Assert.Equal(["user", "bot"], (await server.MessagesAsync(id)).Select(message => message.Type));
    }

    [Fact]
    public async Task Complete_TheEndpointIsSilent_AnswersAfterTheLimit()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var moderation = await ModerationServer.StartAsync(Token);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        moderation.Instead = context =>
        {
            arrived.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        await using var server = await EngineServer.StartAsync(time, patientWithModels: true, more: Settings(moderation));
        var id = await CreateAsync(server, new { moderation = true });

        var running = server.CompleteAsync(id, new { text = "harm" });
        await arrived.Task.WaitAsync(EngineServer.Patience, Token);
        time.Advance(Moderator.Patience);

        Assert.Equal("stop", (await running.WaitAsync(EngineServer.Patience, Token)).EndReason);
    }

    [Fact]
    public async Task SwitchingItOn_WithoutAnEndpoint_IsRefused()
    {
        const string Sentence = "\"moderation\" can't be true: this server has no moderation model. Set CHATBOTKIT_MODERATION_MODEL";
        await using var server = await EngineServer.StartAsync();
        var id = await CreateAsync(server, new { moderation = false });
        var bot = (await server.Http.ReadAsync(HttpMethod.Post, "bot/create", new { moderation = false })).Text("id");

        await server.Http.AssertRefusedAsync($"400 BAD_REQUEST: {Sentence}", HttpMethod.Post, "conversation/create", new { moderation = true });
        await server.Http.AssertRefusedAsync($"400 BAD_REQUEST: {Sentence}", HttpMethod.Post, $"conversation/{id}/update", new { moderation = true });
        await server.Http.AssertRefusedAsync($"400 BAD_REQUEST: {Sentence}", HttpMethod.Post, "bot/create", new { moderation = true });
        await server.Http.AssertRefusedAsync($"400 BAD_REQUEST: {Sentence}", HttpMethod.Post, $"bot/{bot}/update", new { moderation = true });
    }

    /// <summary>A conversation of a server that had a model once.</summary>
    [Fact]
    public async Task Run_OfAModeratedConversationWithoutAnEndpoint_IsRefused()
    {
        const string Sentence = "400 BAD_REQUEST: " + ModerationUnavailableException.Sentence;
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync(moderation: true);
        var messages = new[] { new { type = "user", text = "Hello" } };

        await server.Http.AssertRefusedAsync(Sentence, HttpMethod.Post, $"conversation/{id}/complete", new { text = "Hello" });
        await server.Http.AssertRefusedAsync(Sentence, HttpMethod.Post, $"conversation/{id}/send", new { text = "Hello" });
        await server.Http.AssertRefusedAsync(Sentence, HttpMethod.Post, $"conversation/{id}/receive", new { });
        await server.Http.AssertRefusedAsync(Sentence, HttpMethod.Post, "conversation/complete", new { moderation = true, messages });
        Assert.Empty(await server.MessagesAsync(id));
        Assert.Empty(server.Model.Requests);
    }

    private static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task<EngineServer> StartAsync(ModerationServer moderation) => EngineServer.StartAsync(more: Settings(moderation));

    private static (string, string)[] Settings(ModerationServer moderation) =>
        [("CHATBOTKIT_MODERATION_MODEL", "m"), ("CHATBOTKIT_MODERATION_URL", moderation.BaseUrl.ToString())];

    private static async Task<string> CreateAsync(EngineServer server, object body) =>
        (await server.Http.ReadAsync(HttpMethod.Post, "conversation/create", body)).Text("id")!;
}
