using ChatBotKit.Server.ConversationEngine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class LocalConversationHolderTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Conversations_MoreThanSoMany_LetsThoseGoThatWereNotUsedForLongest()
    {
        await using var server = await StartAsync(new EngineOptions { MaxIdleConversations = 20 });
        for (var i = 0; i < 100; i++)
        {
            await SayAsync(server, await server.AddConversationAsync(), "Hello");
            Assert.InRange(Holder(server).Count, 1, 21);
        }
    }

    [Fact]
    public async Task Conversations_LargerThanTheRoom_LetsThoseGoThatWereNotUsedForLongest()
    {
        await using var server = await StartAsync(new EngineOptions { MaxIdleCharacters = 100_000 });
        var ids = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            ids.Add(await server.AddConversationAsync());
            await SayAsync(server, ids[i], new string('x', 10_000));
            await SayAsync(server, ids[0], "Still here");
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        await SayAsync(server, ids[0], "Still here");

        Assert.InRange(Holder(server).Count, 2, 10);
        // A dropped conversation is loaded again and has lost nothing.
        await SayAsync(server, ids[1], "Again");
        Assert.Equal([new string('x', 10_000), "Again"], (await server.MessagesAsync(ids[1])).Select(message => message.Text));
    }

    [Fact]
    public async Task Conversation_ThatIsBusy_IsNotLetGo()
    {
        await using var server = await StartAsync(new EngineOptions { MaxIdleConversations = 2 });
        var gate = new TaskCompletionSource();
        server.Model.Answer(script => script.Text("Half").WaitFor(gate.Task).Text(" and half"));
        var busy = await server.AddConversationAsync();
        var run = server.CompleteAsync(busy, new { text = "Hello" });
        await server.Model.NextRequestAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 20; i++)
            await SayAsync(server, await server.AddConversationAsync(), "Hello");
        // A second turn waits for the first one only if both are in the same object.
        var second = server.CompleteAsync(busy, new { text = "And?" });
        gate.SetResult();

        Assert.Equal("Half and half", (await run).Text);
        Assert.Equal("stop", (await second).EndReason);
        Assert.Equal("Half and half", server.Model.Requests[^1].LastText("assistant"));
    }

    private Task<EngineServer> StartAsync(EngineOptions options) =>
        EngineServer.StartAsync(_time, patientWithModels: true, services => services.AddSingleton(options));

    private static LocalConversationHolder Holder(EngineServer server) =>
        (LocalConversationHolder)server.Server.App.Services.GetRequiredService<IConversationHolder>();

    private static Task<string> SayAsync(EngineServer server, string conversationId, string text) =>
        server.AddMessageAsync(conversationId, "user", text);
}
