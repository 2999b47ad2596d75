using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Faults.Simulation;

/// <summary>A conversation as its clients know it.</summary>
internal sealed class KnownConversation(string id)
{
    public string Id { get; } = id;

    /// <summary>The acknowledged messages, in the order of their acknowledgement.</summary>
    public List<(string Id, string Text)> Acknowledged { get; } = [];

    /// <summary>The channels that runs of this conversation are dispatched to or wait on.</summary>
    public List<string> Channels { get; } = [];

    /// <summary>The newest acknowledged settings.</summary>
    public int Settings { get; set; }

    public bool IsRemoved { get; set; }

    /// <summary>Whether a summary was requested, which hides earlier messages from the model.</summary>
    public bool IsCompacted { get; set; }

    /// <summary>Whether a write to it has failed. From then on there may be two writers, one of which is refused.</summary>
    public bool IsTainted { get; set; }
}

/// <summary>A session as its holder and its owner know it.</summary>
internal sealed class KnownSession(string id, KnownConversation conversation)
{
    public string Id { get; } = id;

    public KnownConversation Conversation { get; } = conversation;

    public int? Messages { get; init; }

    public required long ExpiresAt { get; init; }

    public bool IsRevoked { get; set; }

    public bool IsRevocationTried { get; set; }

    /// <summary>The number of its messages that may or may not be stored.</summary>
    public int Unknown { get; set; }
}

/// <summary>A client's request for a run. Each try of it is a separate run.</summary>
internal sealed record RunRequest(KnownConversation Conversation, string Kind)
{
    public string ConversationId => Conversation.Id;

    public string? SessionId { get; init; }

    public string? Text { get; init; }

    public string? Key { get; init; }

    public string? ChannelLogId { get; init; }

    public IReadOnlyList<EngineFunction> Functions { get; init; } = [];

    /// <summary>The number of messages that were acknowledged before the request, which the model must see.</summary>
    public int Before { get; init; }

    /// <summary>The newest settings that were acknowledged before the request.</summary>
    public int Settings { get; init; }

    public RunInput ToInput(string runId) => new()
    {
        RunId = runId,
        Kind = Kind,
        AccountId = Endpoints.Account,
        ScopeId = SessionId ?? Endpoints.Account,
        SessionId = SessionId,
        Text = Text,
        Functions = Functions,
        ExtraBackstory = $"[{runId}]",
        Bounds = new RunBounds(4, 2, 5),
        ChannelLogId = ChannelLogId,
    };
}

/// <summary>A run that was requested from the server.</summary>
internal sealed class KnownRun(string id, RunRequest request)
{
    public string Id { get; } = id;

    public RunRequest Request { get; } = request;

    /// <summary>Whether the server has acknowledged that it is stored.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>Whether the model has got its message.</summary>
    public bool IsAsked { get; set; }

    /// <summary>When the server acknowledged that the run will be aborted.</summary>
    public long? AbortedAt { get; set; }
}

/// <summary>
/// The functions of a request: one with a result in the request, one that only the caller can answer, and one that waits on a
/// channel.
/// </summary>
internal static class SimulatedFunctions
{
    private static readonly JsonElement Parameters = JsonDocument.Parse("""{"type":"object"}""").RootElement;

    public static EngineFunction Answered { get; } = New("answered") with { Data = "{\"ok\":true}" };

    public static EngineFunction OfCaller { get; } = New("caller");

    public static EngineFunction OnChannel(string channel) => New("channel") with { Channel = channel };

    private static EngineFunction New(string name) =>
        new() { Name = name, Description = name, Parameters = Parameters, IsOfRequest = true };
}
