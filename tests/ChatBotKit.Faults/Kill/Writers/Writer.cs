using System.Text.Json;

namespace ChatBotKit.Faults.Kill.Writers;

/// <summary>A client that writes until the server is killed.</summary>
/// <param name="ledger">The record of acknowledgements.</param>
/// <param name="api">The server.</param>
/// <param name="slot">Its conversation, which is kept over several restarts.</param>
internal abstract class Writer(Ledger ledger, ApiConnection api, ConversationSlot slot)
{
    public const string OwnerSecret = "sk-owner-secret-of-the-kill-run";

    protected Ledger Ledger { get; } = ledger;

    protected ApiConnection Api { get; } = api;

    /// <summary>How often this client has begun to write.</summary>
    protected int Round { get; private set; }

    public async Task RunAsync()
    {
        try
        {
            for (; ; Round++)
                await WriteAsync();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The server was killed, as intended.
        }
    }

    protected abstract Task WriteAsync();

    /// <summary>Sends a request. One with a key is recorded, so that it can be repeated after the kill.</summary>
    /// <param name="path">The path.</param>
    /// <param name="body">The body.</param>
    /// <param name="idProperty">The property of the response that must be the same when the request is repeated.</param>
    /// <param name="isKeyed">Whether it has a key.</param>
    /// <param name="acknowledge">Records what the response acknowledges.</param>
    protected async Task PostAsync(string path, object body, string idProperty, bool isKeyed, Action<JsonElement> acknowledge)
    {
        var call = ApiCall.Of(path, body, OwnerSecret, isKeyed ? Guid.NewGuid().ToString("N") : null);
        var keyed = new KeyedCall(call, idProperty, Ledger.Life, acknowledge);
        if (isKeyed)
            Ledger.Keyed.Enqueue(keyed);
        keyed.Take(await Api.PostAsync(call));
    }

    /// <summary>Returns the conversation to write to: that of the previous server, or sometimes a new one.</summary>
    protected async Task<ConversationRecord> ConversationAsync()
    {
        if (slot.Current is null || slot.UsedSince + ConversationSlot.Lives <= Ledger.Life)
            await CreateConversationAsync(isKeyed: false, created => (slot.Current, slot.UsedSince) = (created, Ledger.Life));
        slot.Current!.Life = Ledger.Life;
        return slot.Current;
    }

    /// <summary>Creates a conversation and records it.</summary>
    protected Task CreateConversationAsync(bool isKeyed, Action<ConversationRecord>? then = null)
    {
        var (ledger, life, isOrdered) = (Ledger, Ledger.Life, slot.IsOrdered);
        return PostAsync("v1/conversation/create", new { name = "Kill" }, "id", isKeyed, answer =>
        {
            var created = new ConversationRecord(answer.GetProperty("id").GetString()!) { IsOrdered = isOrdered, Life = life };
            ledger.Conversations.Enqueue(created);
            ledger.Acknowledge("conversation");
            then?.Invoke(created);
        });
    }

    /// <summary>Creates a session of the conversation and records it.</summary>
    protected async Task<SessionRecord> MintAsync(ConversationRecord conversation, bool isKeyed)
    {
        SessionRecord? minted = null;
        var (ledger, life) = (Ledger, Ledger.Life);
        var body = new { durationInSeconds = 86_400, refreshable = true };
        await PostAsync($"v1/conversation/{conversation.Id}/session/create", body, "sessionId", isKeyed, answer =>
        {
            minted = new SessionRecord(
                answer.GetProperty("sessionId").GetString()!, answer.GetProperty("token").GetString()!, conversation, life);
            ledger.Sessions.Enqueue(minted);
            ledger.Acknowledge("session");
        });
        return minted!;
    }
}

/// <summary>The conversation of a writer, which later writers reuse.</summary>
internal sealed class ConversationSlot
{
    /// <summary>The number of servers on which one conversation is used.</summary>
    public const int Lives = 5;

    public bool IsOrdered { get; init; } = true;

    public ConversationRecord? Current { get; set; }

    public int UsedSince { get; set; }
}
