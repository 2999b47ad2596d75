using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class HeldMessagesTests
{
    [Fact]
    public void Add_MoreThanSoMany_LetsTheOldestGo()
    {
        var held = new HeldMessages(maxMessages: 8);
        for (var position = 1; position <= 100; position++)
        {
            held.Add(Message(position, 1));
            Assert.InRange(held.ToTranscript().Count, Math.Min(position, 8), 10);
        }

        Assert.Equal("100", held.ToTranscript()[^1].Type);
    }

    [Fact]
    public void Add_LongMessages_LetsTheOldestGo()
    {
        var held = new HeldMessages(maxMessages: 1000);
        for (var position = 1; position <= 30; position++)
        {
            held.Add(Message(position, 1_000_000));
            Assert.InRange(held.Characters, 1_000_000, ConversationSnapshot.MaxCharacters / 4 * 5);
        }

        Assert.Equal("30", held.ToTranscript()[^1].Type);
        Assert.InRange(held.ToTranscript().Count, 7, 10);
    }

    [Fact]
    public void Add_OneThatIsTooLongAlone_StaysUntilTheNext()
    {
        var held = new HeldMessages(maxMessages: 1000);
        held.Add(Message(1, 12_000_000));
        Assert.Single(held.ToTranscript());
        held.Add(Message(2, 1));

        Assert.Equal("2", Assert.Single(held.ToTranscript()).Type);
        Assert.InRange(held.Characters, 1, 1000);
    }

    [Fact]
    public void Take_Nothing_KeepsWhatIsOnItsWayAndCountsThat()
    {
        var held = new HeldMessages(maxMessages: 1000);
        held.Add(Message(1, 5000));
        held.Add(Message(2, 10));
        held.Take([], position => position == 2);
        Assert.InRange(held.Characters, 10, 1000);
        held.Take([], _ => false);

        Assert.Equal(0, held.Characters);
    }

    private static PlacedMessage Message(int position, int length) =>
        new(position, new TranscriptMessage(position.ToString(System.Globalization.CultureInfo.InvariantCulture), new string('x', length), null));
}
