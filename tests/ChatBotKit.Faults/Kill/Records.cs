using System.Collections.Concurrent;
using System.Text.Json;

namespace ChatBotKit.Faults.Kill;

/// <summary>The client's knowledge of a conversation.</summary>
internal sealed class ConversationRecord(string id)
{
    private readonly ConcurrentDictionary<string, bool> _attempted = new();

    public string Id { get; } = id;

    /// <summary>The number of kills before its last write.</summary>
    public int Life { get; set; }

    /// <summary>The texts whose messages were acknowledged, in the order in which a single writer sent them.</summary>
    public ConcurrentQueue<string> Acknowledged { get; } = [];

    /// <summary>Whether the order of <see cref="Acknowledged"/> is the order of the messages.</summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>Records that a text is about to be sent. From now on it may be stored, but only once.</summary>
    public void Attempt(string text) => _attempted[text] = true;

    public bool WasAttempted(string text) => _attempted.ContainsKey(text);
}

/// <summary>The client's knowledge of a run whose answer was streamed.</summary>
internal sealed class RunRecord(ConversationRecord conversation, ApiCall call, string text, int life)
{
    public ConversationRecord Conversation { get; } = conversation;

    public ApiCall Call { get; } = call;

    public string Text { get; } = text;

    public int Life { get; } = life;

    public string? Id { get; set; }

    public List<EventLine> Received { get; } = [];

    /// <summary>Whether the server has sent more than the response headers.</summary>
    public bool IsAcknowledged => Received.Count > 0 || (Id is not null && Call.Key is not null);
}

/// <summary>The client's knowledge of a channel that runs were dispatched to.</summary>
internal sealed class ChannelRecord(string id, ConversationRecord conversation, int life)
{
    public string Id { get; } = id;

    public ConversationRecord Conversation { get; } = conversation;

    public int Life { get; } = life;

    /// <summary>The texts of the acknowledged dispatches.</summary>
    public ConcurrentQueue<string> Dispatched { get; } = [];

    public List<EventLine> Received { get; } = [];

    /// <summary>Messages that checks have published. They belong to no run.</summary>
    public HashSet<string> Markers { get; } = [];
}

/// <summary>The client's knowledge of a session.</summary>
internal sealed class SessionRecord(string id, string token, ConversationRecord conversation, int life)
{
    public string Id { get; } = id;

    public string Token { get; set; } = token;

    public ConversationRecord Conversation { get; } = conversation;

    public int Life { get; } = life;

    public int Refreshed { get; set; }

    public bool IsRevoked { get; set; }

    /// <summary>Whether a refresh or revocation has no response yet.</summary>
    public bool IsUncertain { get; set; }
}

/// <summary>The client's knowledge of a bot, which is a document with a reference.</summary>
internal sealed class ResourceRecord(string id, int life)
{
    public string Id { get; } = id;

    public int Life { get; set; } = life;

    /// <summary>The name and dataset that were last acknowledged.</summary>
    public (string Name, string? DatasetId) Acknowledged { get; set; }

    /// <summary>The name and dataset of a request without a response; null for none.</summary>
    public (string Name, string? DatasetId)? Sent { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>Whether a deletion, of the bot or its dataset, has no response yet.</summary>
    public bool IsUncertain { get; set; }
}

/// <summary>A request with a key. However often it is sent, it is executed once and gets the same response.</summary>
internal sealed class KeyedCall(ApiCall call, string idProperty, int life, Action<JsonElement> acknowledge)
{
    public ApiCall Call { get; } = call;

    public int Life { get; } = life;

    /// <summary>The id in the response; null while there is none.</summary>
    public string? Id { get; private set; }

    /// <summary>Records a response.</summary>
    /// <returns>False when it differs from an earlier one.</returns>
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
