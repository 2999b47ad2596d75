using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>A conversation in memory reacts to changes in the store.</summary>
public sealed class HeldChangeTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private EngineServer _server = null!;
    private string _conversation = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LocalConversationHolder Holder =>
        (LocalConversationHolder)_server.Server.App.Services.GetRequiredService<IConversationHolder>();

    public async ValueTask InitializeAsync()
    {
        _server = await EngineServer.StartAsync(patientWithModels: true);
        _conversation = await _server.AddConversationAsync(backstory: "You like apples.");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Settings_ThatWereUpdated_AreThoseOfTheNextRun()
    {
        Assert.Contains("apples", await AskedWithAsync(), StringComparison.Ordinal);
        await ChangeAsync("update", """{"backstory":"You like pears."}""");

        Assert.Contains("pears", await AskedWithAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_ThatWasUpdated_IsSeenByTheNextRun()
    {
        var message = await _server.AddMessageAsync(_conversation, "user", "My name is Ada.");
        Assert.Contains("Ada", await AskedWithAsync(), StringComparison.Ordinal);
        await ChangeAsync($"message/{message}/update", """{"text":"My name is Bea."}""");

        var asked = await AskedWithAsync();
        Assert.Contains("Bea", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_ThatWasDeleted_IsNotSeenByTheNextRun()
    {
        var message = await _server.AddMessageAsync(_conversation, "user", "My name is Ada.");
        Assert.Contains("Ada", await AskedWithAsync(), StringComparison.Ordinal);
        await ChangeAsync($"message/{message}/delete", "{}");

        Assert.DoesNotContain("Ada", await AskedWithAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversation_ThatWasDeleted_IsHeld_UntilTheStreamsOfItsSessionsAreEnded()
    {
        await AskedWithAsync();
        var heldThen = new List<int>();
        _server.Server.App.Services.GetRequiredService<ChangeFeed>().Listen(
            new Listener(change => heldThen.Add(Holder.Count)), ListenerStage.Streams);

        await ChangeAsync("delete", "{}");

        Assert.Equal([1], heldThen);
        Assert.Equal(0, Holder.Count);
    }

    [Fact]
    public async Task Conversation_ThatWasDeleted_IsLetGoAndItsRunIsEnded()
    {
        _server.Model.Answer(script => script.Text("Half").Silence());
        var run = _server.CompleteAsync(_conversation, new { text = "Hello" });
        await _server.Model.NextRequestAsync(Token);
        Assert.Equal(1, Holder.Count);
        await ChangeAsync("delete", "{}");

        Assert.Equal(0, Holder.Count);
        await run.WaitAsync(Patience, Token);
    }

    private async Task<string> AskedWithAsync()
    {
        await _server.CompleteAsync(_conversation, new { text = "And?" });
        return _server.Model.Requests[^1].Body.GetRawText();
    }

    private Task<JsonElement> ChangeAsync(string path, string body) =>
        _server.Http.ReadAsync(HttpMethod.Post, $"conversation/{_conversation}/{path}", body);

    private sealed class Listener(Action<Change> told) : IChangeListener
    {
        public void OnChanged(in Change change)
        {
            if (change.Kind == ChangedKinds.Conversation)
                told(change);
        }
    }
}
