using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A message at its place in the conversation.</summary>
internal readonly record struct PlacedMessage(long Position, TranscriptMessage Message)
{
    /// <summary>What a message costs beside its text, in characters.</summary>
    private const int Overhead = 100;

    /// <summary>How much memory it takes, in characters.</summary>
    public int Characters => Overhead + Message.Text.Length
        + (Message.Activity is { } activity ? activity.Name.Length + activity.Arguments.Length + (activity.Result?.Length ?? 0) + (activity.Given?.Characters ?? 0) : 0);

    /// <summary>What the store gave, with those of the messages at hand that are on their way to it.</summary>
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
