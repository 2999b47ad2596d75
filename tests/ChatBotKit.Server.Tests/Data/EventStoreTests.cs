using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>The event log in the store: events are stored with what they tell, found by filters, and deleted in spans.</summary>
public sealed class EventStoreTests : StoreTests
{
    private const string Account = "account";
    private const long Minute = 60_000;

    /// <summary>Events of two hours, one each minute, whose bot, contact and type repeat in different rhythms.</summary>
    private static IReadOnlyList<EventEntry> Hours { get; } = [.. Enumerable.Range(0, 120).Select(index => EventEntry.About(
        Account, index % 3 == 0 ? "bot.update" : "message.create", 1_700_000_000_000 + (index * Minute),
        [
            new EventLink(EventFields.Bot, $"bot{index % 4}"),
            new EventLink(EventFields.Contact, $"contact{index % 5}"),
            new EventLink(EventFields.Dataset, $"dataset{index % 7}"),
        ],
        index % 10 == 0 ? """{"even":true}""" : null))];

    [Theory]
    [InlineData("", "", "", "", false)]
    [InlineData("bot1", "", "", "", false)]
    [InlineData("bot1,bot3", "", "", "", false)]
    [InlineData("bot1", "contact2", "", "", false)]
    [InlineData("bot1", "contact2", "dataset6", "", false)]
    [InlineData("", "", "", "bot.update", false)]
    [InlineData("bot2", "", "", "bot.update", false)]
    [InlineData("", "", "dataset3,dataset4", "message.create", false)]
    [InlineData("", "", "", "", true)]
    [InlineData("bot0", "", "", "", true)]
    [InlineData("nobody", "", "", "", false)]
    public async Task List_WithAnyFilter_PagesThroughAllThatMatch_InBothOrders(string bots, string contacts, string datasets, string types, bool even)
    {
        await Store.CommitAsync(new WriteSet { Events = Hours });
        var filter = FilterOf(bots, contacts, datasets, types, even);
        var expected = Hours.Where(entry => Matches(bots, entry.BotId) && Matches(contacts, entry.ContactId)
            && Matches(datasets, entry.Links[0].Id) && Matches(types, entry.Type) && (!even || entry.Meta is not null)).Select(entry => entry.Number).ToList();

        Assert.Equal(expected, await ReadAllAsync(filter, descending: false));
        expected.Reverse();
        Assert.Equal(expected, await ReadAllAsync(filter, descending: true));
    }

    [Fact]
    public async Task List_OfAnotherAccount_IsEmpty()
    {
        await Store.CommitAsync(new WriteSet { Events = Hours });

        Assert.Empty(await Store.QueryAsync(
            db => db.ListEventsAsync("other", FilterOf("bot1", "", "", "", even: false), cursor: null, descending: true, 10), Cancellation));
    }

    [Fact]
    public async Task Commit_ThatIsRefused_StoresNoEvent_AndTheNextEventIsFoundAgain()
    {
        await Store.CommitAsync(new WriteSet { Conversation = Rows.Conversation(), Messages = [Rows.Message(1)] });
        var (refused, stored) = (About("bot7", 1), About("bot7", 2));
        await Assert.ThrowsAsync<StaleWriteException>(() => Store.CommitAsync(new WriteSet { Messages = [Rows.Message(1, id: "other")], Events = [refused] }));

        await Store.CommitAsync(new WriteSet { Events = [stored] });

        Assert.Equal([stored.Number], await ReadAllAsync(FilterOf("bot7", "", "", "", even: false), descending: false));
        Assert.Equal(1, await Store.CountAsync(EventTable.Rows));
    }

    [Fact]
    public async Task Change_ThatIsRolledBack_StoresNoEvent_AndPublishesNone()
    {
        var (published, changes) = (new List<EventEntry>(), new ChangeFeed());
        changes.Listen(new Recorder(published));
        await CloseAsync();
        await using var store = await OpenAsync(DataDirectory, changes);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.ChangeAsync<int>(
            async db =>
            {
                await db.LogAsync(About("bot7", 1));
                throw new InvalidOperationException("No.");
            },
            Cancellation));
        await store.ChangeAsync(
            async db =>
            {
                await db.LogAsync(About("bot8", 2));
                return 0;
            },
            Cancellation);

        Assert.Equal("bot8", Assert.Single(published).BotId);
        Assert.Equal("bot8", (await store.SingleAsync(EventTable.Rows)).BotId);
    }

    [Fact]
    public async Task Retention_DeletesWholeSpansBeforeTheTime_AndNothingElse()
    {
        await Store.CommitAsync(new WriteSet { Events = Hours });
        await Store.ExecuteAsync("""INSERT INTO "Accounts" ("Id", "Name", "CreatedAt") VALUES ($1, '', 1)""", Account);
        var limit = EventNumbers.TimeOf(Hours[60].Number);

        var deleted = await Store.DeleteEventsBeforeAsync(limit, Cancellation);

        Assert.Equal(60, deleted);
        Assert.Equal(Hours.Skip(60).Select(entry => entry.Number), await ReadAllAsync(new EventFilter(), descending: false));
        var spans = await Store.QueryAsync(
            db => db.ListAsync("""SELECT DISTINCT "Span" FROM "EventSpans" ORDER BY "Span" """, row => row.GetInt64(0)), Cancellation);
        Assert.Equal(Hours.Skip(60).Select(entry => EventSpans.SpanOf(entry.Number)), spans);
    }

    [Fact]
    public async Task Erasure_OfAnAccount_LeavesNothing()
    {
        await Store.CommitAsync(new WriteSet { Events = Hours });

        await Store.DeleteEventsAsync(Account, Cancellation);

        Assert.Equal(0, await Store.CountAsync(EventTable.Rows));
        Assert.Equal(0L, await Store.QueryAsync(db => db.FirstAsync("""SELECT count(*) FROM "EventSpans" """, row => row.GetInt64(0)), Cancellation));
    }

    private static EventEntry About(string botId, long at) => EventEntry.About(Account, "bot.update", at, [new EventLink(EventFields.Bot, botId)]);

    private static bool Matches(string values, string? value) => values.Length == 0 || values.Split(',').Contains(value);

    private static EventFilter FilterOf(string bots, string contacts, string datasets, string types, bool even) => new()
    {
        Resources = [.. new[] { (EventFields.Bot, bots), (EventFields.Contact, contacts), (EventFields.Dataset, datasets) }
            .Where(condition => condition.Item2.Length > 0)
            .Select(condition => (condition.Item1, (IReadOnlyList<string>)condition.Item2.Split(',')))],
        Types = types.Length == 0 ? [] : types.Split(','),
        Meta = even ? [new("even", "true")] : [],
    };

    private async Task<List<long>> ReadAllAsync(EventFilter filter, bool descending)
    {
        var numbers = new List<long>();
        for (long? cursor = null; ;)
        {
            var from = cursor;
            var page = await Store.QueryAsync(db => db.ListEventsAsync(Account, filter, from, descending, take: 7), Cancellation);
            numbers.AddRange(page.Select(entry => entry.Number));
            if (page.Count < 7)
                return numbers;
            cursor = page[^1].Number;
        }
    }

    private sealed class Recorder(List<EventEntry> published) : IChangeListener
    {
        public void OnChanged(in Change change)
        {
            if (change.Event is { } entry)
                published.Add(entry);
        }
    }
}
