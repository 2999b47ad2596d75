using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// The last messages of a conversation at their positions, including those that are being stored. Not thread-safe: the conversation
/// holds a lock.
/// </summary>
/// <param name="conversationId">The conversation.</param>
/// <param name="maxMessages">The approximate number of messages to keep.</param>
internal sealed class ConversationMemory(string conversationId, int maxMessages)
{
    private readonly HashSet<long> _appending = [];
    private readonly HashSet<long> _ofTurn = [];
    private readonly HashSet<long> _arrived = [];
    private readonly HeldMessages _messages = new(maxMessages);
    private long _lastPosition;
    private long _lastCreatedAt;

    /// <summary>The memory that the messages take. It can be read from any thread.</summary>
    public long Characters => _messages.Characters;

    public List<TranscriptMessage> Transcript() => _messages.ToTranscript();

    /// <summary>Assigns a position to a message. The message counts as being stored until it has arrived or its turn has ended.</summary>
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

    /// <summary>Marks a message as stored.</summary>
    /// <param name="position">The position of the message.</param>
    /// <param name="isBeingRead">
    /// Whether the store is being read. Its result may lack messages that were stored after the reading began.
    /// </param>
    public void Arrive(long position, bool isBeingRead)
    {
        _appending.Remove(position);
        if (isBeingRead)
            _arrived.Add(position);
    }

    /// <summary>Removes a message that was refused, or may have been. The stored messages must be loaded again.</summary>
    public void Drop(long position)
    {
        _appending.Remove(position);
        _messages.Remove(position);
    }

    /// <summary>Ends the turn: either its messages are all stored, or the stored messages will be loaded again.</summary>
    public void EndTurn(bool isStored, bool isBeingRead)
    {
        if (isStored && isBeingRead)
            _arrived.UnionWith(_ofTurn);
        _ofTurn.Clear();
    }

    /// <summary>Replaces the messages with the loaded ones, and keeps those that may be missing in them.</summary>
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
