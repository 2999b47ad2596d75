using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// The last messages of a conversation: at most the given number, with at most <see cref="ConversationSnapshot.MaxCharacters"/>
/// characters together. Both limits may be exceeded by a quarter before the oldest messages are dropped. Not thread-safe.
/// </summary>
internal sealed class HeldMessages(int maxMessages)
{
    private List<PlacedMessage> _messages = [];
    private long _characters;

    /// <summary>The memory that the messages take. It can be read from any thread.</summary>
    public long Characters => Volatile.Read(ref _characters);

    public void Add(PlacedMessage message)
    {
        _messages.Add(message);
        Volatile.Write(ref _characters, _characters + message.Characters);
        if (_messages.Count > maxMessages + (maxMessages / 4))
            DropOldest(_messages.Count - maxMessages);
        if (_characters > ConversationSnapshot.MaxCharacters / 4 * 5)
            DropExcess();
    }

    /// <summary>Removes the message at this position, if there is one.</summary>
    public void Remove(long position)
    {
        var index = _messages.FindLastIndex(message => message.Position == position);
        if (index < 0)
            return;
        Volatile.Write(ref _characters, _characters - _messages[index].Characters);
        _messages.RemoveAt(index);
    }

    /// <summary>Replaces the messages with those from the store, and keeps those that are being stored.</summary>
    public void Take(IReadOnlyList<MessageRow> rows, Func<long, bool> isOnItsWay)
    {
        _messages = PlacedMessage.Merge(rows, _messages, isOnItsWay);
        Volatile.Write(ref _characters, _messages.Sum(message => (long)message.Characters));
    }

    public List<TranscriptMessage> ToTranscript() => _messages.ConvertAll(placed => placed.Message);

    /// <summary>Drops the oldest messages until the rest is within the limit. The newest one is kept, whatever its size.</summary>
    private void DropExcess()
    {
        var (count, left) = (0, _characters);
        while (left > ConversationSnapshot.MaxCharacters && count < _messages.Count - 1)
            left -= _messages[count++].Characters;
        DropOldest(count);
    }

    private void DropOldest(int count)
    {
        var gone = _messages.Take(count).Sum(message => (long)message.Characters);
        _messages.RemoveRange(0, count);
        Volatile.Write(ref _characters, _characters - gone);
    }
}
