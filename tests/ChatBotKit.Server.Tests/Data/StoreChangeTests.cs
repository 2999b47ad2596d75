using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Tests.Data;

public sealed class StoreChangeTests : StoreTests
{
    [Fact]
    public async Task Change_BesideCommits_SharesTheirTransactions()
    {
        await AddConversationAsync();
        var before = Store.Transactions;

        var commits = Enumerable.Range(1, 200).Select(position => Store.CommitAsync(Rows.Set(Rows.Message(position))));
        var changes = Enumerable.Range(1, 50).Select(number =>
            Store.InsertAsync(AccountTable.Rows, new AccountRow { Id = $"a{number}", CreatedAt = number }));
        await Task.WhenAll(commits.Concat(changes));

        Assert.Equal(50, await Store.CountAsync(AccountTable.Rows));
        Assert.Equal(200, await Store.CountAsync(MessageTable.Rows));
        Assert.InRange(Store.Transactions - before, 1, 125);
    }

    [Fact]
    public async Task Change_ReadsAndChangesARow_StoresItAndReturnsTheResult()
    {
        await AddConversationAsync();

        var old = await Store.ChangeAsync(async db =>
        {
            var conversation = (await db.FindConversationAsync("c1", "account"))!;
            var name = conversation.Name;
            conversation.Name = "renamed";
            Assert.True(await db.UpdateAsync(ConversationTable.Rows, conversation));
            return name;
        }, Cancellation);

        Assert.Equal("name", old);
        Assert.Equal("renamed", (await Store.LoadConversationAsync("c1", 1, Cancellation))!.Conversation.Name);
    }

    [Fact]
    public async Task Change_ThatThrows_StoresNothing()
    {
        await Assert.ThrowsAsync<FormatException>(() => Store.ChangeAsync<int>(async db =>
        {
            await db.InsertAsync(AccountTable.Rows, new AccountRow { Id = "a1", CreatedAt = 1 });
            throw new FormatException();
        }, Cancellation));
        await Store.InsertAsync(AccountTable.Rows, new AccountRow { Id = "a2", CreatedAt = 1 });

        Assert.Equal(["a2"], (await Store.ListAsync(AccountTable.Rows)).Select(account => account.Id));
    }

    [Fact]
    public async Task Change_BreakingAKey_ThrowsTheStoresOwnExceptions()
    {
        await Store.InsertAsync(ApiTokenTable.Rows, Token("x1", hash: 1));

        await Assert.ThrowsAsync<DuplicateKeyException>(() =>
            Store.InsertAsync(ApiTokenTable.Rows, Token("x2", hash: 1)));
        await Assert.ThrowsAsync<MissingParentException>(() =>
            Store.InsertAsync(SessionTable.Rows, Rows.Session(conversationId: "gone")));
    }

    [Fact]
    public async Task Change_CancelledBeforeItsTurn_StoresNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.ChangeAsync(
                async db =>
                {
                    await db.InsertAsync(AccountTable.Rows, new AccountRow { Id = "a1", CreatedAt = 1 });
                    return true;
                },
                cancelled.Token));

        Assert.Equal(0, await Store.CountAsync(AccountTable.Rows));
    }

    [Fact]
    public async Task Change_DeletesAConversation_TakesItsRowsAlongButNotItsUsage()
    {
        await Store.CommitAsync(new WriteSet
        {
            Conversation = Rows.Conversation(),
            Session = Rows.Session(),
            StartedRun = Rows.Run(conversationId: "c1"),
            Messages = [Rows.Message(1)],
            Usage = Rows.Usage(),
        });
        await Store.InsertAsync(
            RatingTable.Rows, new RatingRow { Id = "rating", AccountId = "account", ConversationId = "c1", Value = 1, CreatedAt = 1 });
        await Store.InsertAsync(AttachmentTable.Rows, File());

        await Store.ExecuteAsync("""DELETE FROM "Conversations" WHERE "Id" = 'c1' """);

        var left = (
            await Store.CountAsync(MessageTable.Rows), await Store.CountAsync(SessionTable.Rows), await Store.CountAsync(RunTable.Rows),
            await Store.CountAsync(RatingTable.Rows), await Store.CountAsync(AttachmentTable.Rows), await Store.CountAsync(UsageTable.Rows));
        Assert.Equal((0, 0, 0, 0, 0, 1), left);
    }

    [Fact]
    public async Task Query_TriesToWrite_IsRefused()
    {
        await AddConversationAsync();

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => Store.QueryAsync(
            db => db.FirstAsync("""DELETE FROM "Conversations" RETURNING "Id" """, static row => row.GetString(0)), Cancellation).AsTask());

        Assert.Matches("(?i)read-?only", exception.Message);
    }

    private static AttachmentRow File() => new()
    {
        Id = "file",
        AccountId = "account",
        ConversationId = "c1",
        Name = "file.txt",
        ContentType = "text/plain",
        Size = 1,
        CreatedAt = 1,
        UpdatedAt = 1,
    };

    private static ApiTokenRow Token(string id, byte hash) => new() { Id = id, AccountId = "account", Hash = [hash], Name = "", CreatedAt = 1 };
}
