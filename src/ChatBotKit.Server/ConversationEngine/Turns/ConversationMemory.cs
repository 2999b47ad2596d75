using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// The last messages of a conversation at their places, with those that are on their way to the store. Not thread-safe: its
/// conversation holds a lock.
/// </summary>
/// <param name="conversationId">Whose messages these are.</param>
/// <param name="maxMessages">About how many are kept.</param>
internal sealed class ConversationMemory(string conversationId, int maxMessages)
{
    private readonly HashSet<long> _appending = [];
    private readonly HashSet<long> _ofTurn = [];
    private readonly HashSet<long> _arrived = [];
    private readonly HeldMessages _messages = new(maxMessages);
    private long _lastPosition;
    private long _lastCreatedAt;

    /// <summary>How much memory they take; may be asked at any time.</summary>
    public long Characters => _messages.Characters;

    public List<TranscriptMessage> Transcript() => _messages.ToTranscript();

    /// <summary>Gives a message its place, which is remembered until the message has arrived or its turn has ended.</summary>
    public MessageRow Place(NewMessage message, bool isOfTurn, long now)
    {
        var createdAt = Math.Max(now, _lastCreatedAt + 1);
        var row = new MessageRow
        {
            Id = message.Id,
            ConversationId = conversationId,
            Position = ++_lastPosition,
            Type = message.Type,
            Text = message.Text,
            Name = message.Name,
            Description = message.Description,
            Meta = message.Meta,
            Entities = message.Entities,
            AnswerFrom = message.AnswerFrom,
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
        };
        _lastCreatedAt = createdAt;
        _messages.Add(new PlacedMessage(row.Position, TranscriptMessage.From(row)));
        (isOfTurn ? _ofTurn : _appending).Add(row.Position);
        return row;
    }

    /// <summary>A message is stored.</summary>
    /// <param name="position">Its place.</param>
    /// <param name="isBeingRead">Whether the store is being read: what came after the reading began may be missing in it.</param>
    public void Arrive(long position, bool isBeingRead)
    {
        _appending.Remove(position);
        if (isBeingRead)
            _arrived.Add(position);
    }

    /// <summary>A message is refused, or nobody knows whether it was: what is stored has to be read again.</summary>
    public void Drop(long position)
    {
        _appending.Remove(position);
        _messages.Remove(position);
    }

    /// <summary>The messages of the turn are stored, or some of them are refused and the store is read again.</summary>
    public void EndTurn(bool isStored, bool isBeingRead)
    {
        if (isStored && isBeingRead)
            _arrived.UnionWith(_ofTurn);
        _ofTurn.Clear();
    }

    /// <summary>Takes what was read, and keeps of the messages at hand those that may not be in it.</summary>
    public void Take(ConversationSnapshot snapshot)
    {
        _messages.Take(
            snapshot.Messages,
            position => _appending.Contains(position) || _ofTurn.Contains(position) || _arrived.Contains(position));
        _arrived.Clear();
        _lastPosition = Math.Max(_lastPosition, snapshot.LastPosition);
        _lastCreatedAt = Math.Max(_lastCreatedAt, snapshot.LastCreatedAt);
    }
}
