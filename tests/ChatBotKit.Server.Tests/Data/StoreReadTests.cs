using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Tests.Data;

public sealed class StoreReadTests : StoreTests
{
    [Theory]
    [InlineData(null, false, new long[] { 1, 2 })]
    [InlineData(null, true, new long[] { 5, 4 })]
    [InlineData("c1-m2", false, new long[] { 3, 4 })]
    [InlineData("c1-m2", true, new long[] { 1 })]
    [InlineData("c1-m5", false, new long[0])]
    [InlineData("unknown", false, new long[0])]
    [InlineData("unknown", true, new long[0])]
    [InlineData("c2-m1", false, new long[0])]
    public async Task ListMessages_CursorAndDirection_GivesThePageBesideTheCursor(string? cursor, bool descending, long[] expected)
    {
        await AddMessagesAsync(5);
        await AddConversationAsync("c2");
        await Store.CommitAsync(Rows.Set(Rows.Message(1, "c2")));

        var page = await Store.ListMessagesAsync("c1", cursor, descending, 2, int.MaxValue, Cancellation);

        Assert.Equal(expected, page.Select(message => message.Position));
    }

    [Theory]
    [InlineData(10, new long[] { 1, 2, 3 })]
    [InlineData(2, new long[] { 2, 3 })]
    [InlineData(0, new long[0])]
    public async Task LoadConversation_MoreOrFewerMessagesThanAskedFor_GivesTheLastOldestFirst(int maxMessages, long[] expected)
    {
        await AddMessagesAsync(3);

        var snapshot = await Store.LoadConversationAsync("c1", maxMessages, Cancellation);

        Assert.Equal(expected, snapshot!.Messages.Select(message => message.Position));
        Assert.Equal((3, 103), (snapshot.LastPosition, snapshot.LastCreatedAt));
    }

    [Fact]
    public async Task FindConversation_KnownAndUnknown_GivesItsRowOrNull()
    {
        await AddConversationAsync();
        await Store.InsertAsync(AccountTable.Rows, new AccountRow { Id = "account", CreatedAt = 1 });
        await Store.InsertAsync(ResourceTable.Rows, Rows.NamedByConversations);

        Assert.Equivalent(Rows.Conversation(), await Store.FindConversationAsync("c1", Cancellation), strict: true);
        Assert.Null(await Store.FindConversationAsync("unknown", Cancellation));
    }

    /// <summary>References are read by subqueries. Their result columns must not have the names of other columns.</summary>
    [Fact]
    public async Task List_OfATableWithReferences_CanBeSortedById()
    {
        foreach (var id in new[] { "b", "c", "a" })
            await AddConversationAsync(id);

        var rows = await Store.ListAsync(ConversationTable.Rows, """WHERE "ContactId" = 'contact' ORDER BY "CreatedAt", "Id" """);

        Assert.Equal(["a", "b", "c"], rows.Select(row => row.Id));
    }

    [Fact]
    public async Task LoadConversation_MoreTextThanFitsIntoMemory_GivesTheLastThatDo()
    {
        await AddConversationAsync();
        foreach (var position in (long[])[1, 2, 3])
        {
            var message = Rows.Message(position);
            message.Text = new string('x', (ConversationSnapshot.MaxCharacters / 2) - 1000);
            await Store.CommitAsync(Rows.Set(message));
        }

        var two = await Store.LoadConversationAsync("c1", 10, Cancellation);
        var last = Rows.Message(4);
        last.Text = new string('x', ConversationSnapshot.MaxCharacters + 1);
        await Store.CommitAsync(Rows.Set(last));
        var one = await Store.LoadConversationAsync("c1", 10, Cancellation);

        Assert.Equal([2L, 3L], two!.Messages.Select(message => message.Position));
        Assert.Equal([4L], one!.Messages.Select(message => message.Position));
        Assert.Equal((3L, 4L), (two.LastPosition, one.LastPosition));
    }

    [Fact]
    public async Task LoadConversation_WithoutMessages_HasNoPosition()
    {
        await AddConversationAsync();

        var snapshot = await Store.LoadConversationAsync("c1", 10, Cancellation);

        Assert.Empty(snapshot!.Messages);
        Assert.Equal((0, 0), (snapshot.LastPosition, snapshot.LastCreatedAt));
        Assert.Null(await Store.LoadConversationAsync("unknown", 10, Cancellation));
    }

    [Fact]
    public async Task FindMessage_OfAnotherConversation_IsNotFound()
    {
        await AddMessagesAsync(1);

        Assert.Equivalent(Rows.Message(1), await Store.FindMessageAsync("c1", "c1-m1", Cancellation), strict: true);
        Assert.Null(await Store.FindMessageAsync("c2", "c1-m1", Cancellation));
    }

    [Theory]
    [InlineData(0, 1000, new long[] { 1, 4, 5 })]
    [InlineData(2, 1000, new long[] { 1, 4, 5 })]
    [InlineData(3, 1000, new long[] { 4, 5 })]
    [InlineData(4, 1000, new long[] { 5 })]
    [InlineData(9, 1000, new long[0])]
    [InlineData(0, 1, new long[] { 1 })]
    [InlineData(0, 0, new long[] { 1 })]
    [InlineData(0, 5, new long[] { 1, 4 })]
    public async Task ReadLog_FromANumber_GivesWholeBatchesThatHoldLaterLines(long after, int maxBytes, long[] expectedFirst)
    {
        await Store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 3), Rows.Log(4, 4), Rows.Log(5, 9), Rows.Log(1, 50, "l2")] });

        var batches = await Store.ReadLogAsync("l1", after, maxBytes, Cancellation);

        Assert.Equal(expectedFirst, batches.Select(batch => batch.First));
    }

    [Fact]
    public async Task LastLogNumber_OfAnEmptyLog_IsZero()
    {
        await Store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 3), Rows.Log(4, 7)] });

        Assert.Equal(7, await Store.LastLogNumberAsync("l1", Cancellation));
        Assert.Equal(0, await Store.LastLogNumberAsync("unknown", Cancellation));
    }

    [Fact]
    public async Task ListOpenRuns_SomeEnded_GivesTheOthersByStart()
    {
        await Store.CommitAsync(new WriteSet { StartedRun = Rows.Run("late", startedAt: 9) });
        await Store.CommitAsync(new WriteSet { StartedRun = Rows.Run("early", startedAt: 3) });
        await Store.CommitAsync(new WriteSet { StartedRun = Rows.Run("ended", startedAt: 5), EndedRun = new RunOutcome("ended", "stop", 6) });

        var open = await Store.ListOpenRunsAsync(Cancellation);

        Assert.Equal(["early", "late"], open.Select(run => run.Id));
    }

    [Fact]
    public async Task FindApiToken_ByItsHash_GivesTheRow()
    {
        var token = new ApiTokenRow { Id = "t1", AccountId = "a1", Hash = [7, 8, 9], KeyId = "k1", Name = "owner", CreatedAt = 5, ExpiresAt = 7, LastUsedAt = 8, RevokedAt = 6 };
        await Store.InsertAsync(AccountTable.Rows, new AccountRow { Id = "a1", CreatedAt = 1 });
        await Store.InsertAsync(ApiTokenTable.Rows, token);

        Assert.Equivalent(token, await Store.FindApiTokenAsync(new byte[] { 7, 8, 9 }, Cancellation), strict: true);
        Assert.Equivalent(new[] { token }, await Store.ListApiTokensAsync(Cancellation), strict: true);
        Assert.Null(await Store.FindApiTokenAsync(new byte[] { 7, 8 }, Cancellation));
    }

    [Fact]
    public async Task NoteApiTokenUse_GoesForwardOnly()
    {
        await Store.InsertAsync(ApiTokenTable.Rows, new ApiTokenRow { Id = "t1", AccountId = "a1", Hash = [7], CreatedAt = 5 });

        await Store.NoteApiTokenUseAsync([new ApiTokenUse("t1", 90), new ApiTokenUse("unknown", 90)], Cancellation);
        await Store.NoteApiTokenUseAsync([new ApiTokenUse("t1", 80)], Cancellation);

        Assert.Equal(90, Assert.Single(await Store.ListApiTokensAsync(Cancellation)).LastUsedAt);
    }

    [Fact]
    public async Task ListSigningKeys_Several_GivesTheNewestFirst()
    {
        var old = new SigningKeyRow { Id = "old", PublicJwk = "{}", ProtectedPrivateKey = [1], CreatedAt = 5, ActiveFrom = 5, RetiredAt = 6, RevokedAt = 7 };
        var current = new SigningKeyRow { Id = "current", PublicJwk = "{}", ProtectedPrivateKey = [2], CreatedAt = 6, ActiveFrom = 8 };
        await Store.InsertAsync(SigningKeyTable.Rows, old, current);

        Assert.Equivalent(new[] { current, old }, await Store.ListSigningKeysAsync(Cancellation), strict: true);
    }

    [Fact]
    public async Task FindServerOwner_GivesTheOldestAccountThatIsNoChild()
    {
        Assert.Null(await Store.FindServerOwnerAsync(Cancellation));
        await Store.InsertAsync(
            AccountTable.Rows, new AccountRow { Id = "child", ParentId = "a1", CreatedAt = 0 }, new AccountRow { Id = "later", CreatedAt = 2 },
            new AccountRow { Id = "a1", CreatedAt = 1 });
        Assert.Equal("a1", await Store.FindServerOwnerAsync(Cancellation));
    }

    [Fact]
    public async Task Find_UnknownIds_IsNull()
    {
        Assert.Null(await Store.FindRunAsync("unknown", Cancellation));
        Assert.Null(await Store.FindSessionAsync("unknown", Cancellation));
        Assert.Null(await Store.FindIdempotencyAsync("scope", "unknown", Cancellation));
    }

    [Fact]
    public async Task Read_MoreCallersThanConnections_AllGetTheirAnswer()
    {
        await AddMessagesAsync(3);

        var counts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
            (await Store.ListMessagesAsync("c1", null, descending: false, 10, int.MaxValue, Cancellation)).Count, Cancellation)));

        Assert.All(counts, count => Assert.Equal(3, count));
    }

    private async Task AddMessagesAsync(int count)
    {
        await AddConversationAsync();
        await Store.CommitAsync(Rows.Set([.. Enumerable.Range(1, count).Select(position => Rows.Message(position))]));
    }
}
