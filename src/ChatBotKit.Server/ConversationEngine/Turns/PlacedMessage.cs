using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A message at its position in the conversation.</summary>
internal readonly record struct PlacedMessage(long Position, TranscriptMessage Message)
{
    /// <summary>The memory that a message takes without its text, in characters.</summary>
    private const int Overhead = 100;

    /// <summary>The memory that the message takes, in characters.</summary>
    public int Characters => Overhead + Message.Text.Length + (Message.Entities?.Length ?? 0)
        + (Message.Activity is { } activity ? activity.Name.Length + activity.Arguments.Length + (activity.Result?.Length ?? 0) + (activity.Given?.Characters ?? 0) : 0);

    /// <summary>Merges the messages from the store with those in memory that are being stored.</summary>
    public static List<PlacedMessage> Merge(
        IReadOnlyList<MessageRow> rows, IReadOnlyList<PlacedMessage> atHand, Func<long, bool> isOnItsWay)
    {
        var stored = rows.Select(row => row.Position).ToHashSet();
        return
        [
            .. rows
                .Select(row => new PlacedMessage(row.Position, TranscriptMessage.From(row)))
                .Concat(atHand.Where(message => isOnItsWay(message.Position) && !stored.Contains(message.Position)))
                .OrderBy(message => message.Position),
        ];
    }
}
