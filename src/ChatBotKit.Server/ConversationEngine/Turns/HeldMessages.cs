using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// The last messages of a conversation, in memory: so many, and no more than <see cref="ConversationSnapshot.MaxCharacters"/>
/// together, with a quarter more of either until the oldest are let go. For one caller at a time.
/// </summary>
internal sealed class HeldMessages(int maxMessages)
{
    private List<PlacedMessage> _messages = [];
    private long _characters;

    /// <summary>How much memory they take; may be asked at any time.</summary>
    public long Characters => Volatile.Read(ref _characters);

    public void Add(PlacedMessage message)
    {
        _messages.Add(message);
        Volatile.Write(ref _characters, _characters + message.Characters);
        if (_messages.Count > maxMessages + (maxMessages / 4))
            LetGo(_messages.Count - maxMessages);
        if (_characters > ConversationSnapshot.MaxCharacters / 4 * 5)
            LetGoTooLong();
    }

    /// <summary>Lets the message at this place go, if it is here.</summary>
    public void Remove(long position)
    {
        var index = _messages.FindLastIndex(message => message.Position == position);
        if (index < 0)
            return;
        Volatile.Write(ref _characters, _characters - _messages[index].Characters);
        _messages.RemoveAt(index);
    }

    /// <summary>Takes what the store gave in place of what is here, except for what is on its way to the store.</summary>
    public void Take(IReadOnlyList<MessageRow> rows, Func<long, bool> isOnItsWay)
    {
        _messages = PlacedMessage.Merge(rows, _messages, isOnItsWay);
        Volatile.Write(ref _characters, _messages.Sum(message => (long)message.Characters));
    }

    public List<TranscriptMessage> ToTranscript() => _messages.ConvertAll(placed => placed.Message);

    /// <summary>The newest message stays, whatever its size.</summary>
    private void LetGoTooLong()
    {
        var (count, left) = (0, _characters);
        while (left > ConversationSnapshot.MaxCharacters && count < _messages.Count - 1)
            left -= _messages[count++].Characters;
        LetGo(count);
    }

    private void LetGo(int count)
    {
        var gone = _messages.Take(count).Sum(message => (long)message.Characters);
        _messages.RemoveRange(0, count);
        Volatile.Write(ref _characters, _characters - gone);
    }
}
