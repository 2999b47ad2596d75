using System.Collections.Concurrent;
using System.Text.Json;

namespace ChatBotKit.Faults.Kill;

/// <summary>What is known of a conversation.</summary>
internal sealed class ConversationRecord(string id)
{
    private readonly ConcurrentDictionary<string, bool> _attempted = new();

    public string Id { get; } = id;

    /// <summary>The life in which it was last written to.</summary>
    public int Life { get; set; }

    /// <summary>The texts whose messages were acknowledged, in this order when one writer sent them.</summary>
    public ConcurrentQueue<string> Acknowledged { get; } = [];

    /// <summary>Whether the order of <see cref="Acknowledged"/> is the order of the messages.</summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>The text is about to be sent: from now on it may be there, once.</summary>
    public void Attempt(string text) => _attempted[text] = true;

    public bool WasAttempted(string text) => _attempted.ContainsKey(text);
}

/// <summary>What is known of a run whose answer was streamed.</summary>
internal sealed class RunRecord(ConversationRecord conversation, ApiCall call, string text, int life)
{
    public ConversationRecord Conversation { get; } = conversation;

    public ApiCall Call { get; } = call;

    public string Text { get; } = text;

    public int Life { get; } = life;

    public string? Id { get; set; }

    public List<EventLine> Received { get; } = [];

    /// <summary>Whether the server has told more of it than that it listens.</summary>
    public bool IsAcknowledged => Received.Count > 0 || (Id is not null && Call.Key is not null);
}

/// <summary>What is known of a channel that runs were dispatched to.</summary>
internal sealed class ChannelRecord(string id, ConversationRecord conversation, int life)
{
    public string Id { get; } = id;

    public ConversationRecord Conversation { get; } = conversation;

    public int Life { get; } = life;

    /// <summary>The texts of the dispatches that were acknowledged.</summary>
    public ConcurrentQueue<string> Dispatched { get; } = [];

    public List<EventLine> Received { get; } = [];

    /// <summary>Messages that checks have published: they are no run's.</summary>
    public HashSet<string> Markers { get; } = [];
}

/// <summary>What is known of a session.</summary>
internal sealed class SessionRecord(string id, string token, ConversationRecord conversation, int life)
{
    public string Id { get; } = id;

    public string Token { get; set; } = token;

    public ConversationRecord Conversation { get; } = conversation;

    public int Life { get; } = life;

    public int Refreshed { get; set; }

    public bool IsRevoked { get; set; }

    /// <summary>A refresh or a revocation has no answer yet.</summary>
    public bool IsUncertain { get; set; }
}

/// <summary>What is known of a bot: a document with a reference.</summary>
internal sealed class ResourceRecord(string id, int life)
{
    public string Id { get; } = id;

    public int Life { get; set; } = life;

    /// <summary>The name and the dataset that were acknowledged last.</summary>
    public (string Name, string? DatasetId) Acknowledged { get; set; }

    /// <summary>What was sent and has no answer; null for nothing.</summary>
    public (string Name, string? DatasetId)? Sent { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>A deletion, of it or of its dataset, has no answer yet.</summary>
    public bool IsUncertain { get; set; }
}

/// <summary>A request that carries a key: however often it is sent, it is done once and answered the same.</summary>
internal sealed class KeyedCall(ApiCall call, string idProperty, int life, Action<JsonElement> acknowledge)
{
    public ApiCall Call { get; } = call;

    public int Life { get; } = life;

    /// <summary>What the answer named; null while there was none.</summary>
    public string? Id { get; private set; }

    /// <summary>Takes an answer in.</summary>
    /// <returns>False when it is another one than before.</returns>
    public bool Take(JsonElement answer)
    {
        var id = answer.GetProperty(idProperty).GetString();
        if (Id is not null)
            return Id == id;
        Id = id;
        acknowledge(answer);
        return true;
    }
}
