using System.Data.Common;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>Queries and changes through the connections of the store.</summary>
public sealed class StoreSessionTests : StoreTests
{
    [Fact]
    public async Task Change_InsertsUpdatesAndReads_IsDurable()
    {
        await Store.ChangeAsync(
            async db =>
            {
                await db.InsertAsync(ConversationTable.Rows, Rows.Conversation("a"));
                var row = (await db.FirstAsync(ConversationTable.Rows, "WHERE \"Id\" = $1", "a"))!;
                row.Name = "changed";
                return await db.UpdateAsync(ConversationTable.Rows, row);
            },
            Cancellation);
        await ReopenAsync();

        Assert.Equal("changed", (await FindAsync("a"))!.Name);
    }

    [Fact]
    public async Task Change_ThatThrows_StoresNothing()
    {
        await Assert.ThrowsAsync<FormatException>(() => Store.ChangeAsync<int>(
            async db =>
            {
                await db.InsertAsync(ConversationTable.Rows, Rows.Conversation("a"));
                throw new FormatException();
            },
            Cancellation));

        Assert.Null(await FindAsync("a"));
    }

    [Fact]
    public async Task Change_BreakingAKey_ThrowsTheStoresOwnException()
    {
        await AddConversationAsync("a");

        await Assert.ThrowsAsync<DuplicateKeyException>(() => Store.ChangeAsync(
            async db =>
            {
                await db.InsertAsync(ConversationTable.Rows, Rows.Conversation("a"));
                return 0;
            },
            Cancellation));
    }

    [Fact]
    public async Task Change_ThatAwaitsSomethingElse_IsRefusedAndUndone()
    {
        OnFiles();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.ChangeAsync(
            async db =>
            {
                await db.InsertAsync(ConversationTable.Rows, Rows.Conversation("a"));
                await new TaskCompletionSource().Task;
                return 0;
            },
            Cancellation));

        Assert.Null(await FindAsync("a"));
    }

    [Fact]
    public async Task Query_TwoReads_SeeTheSameMoment()
    {
        await AddConversationAsync("a");
        var (before, after) = await Store.QueryAsync(
            async db =>
            {
                var first = await CountAsync(db);
                Store.CommitAsync(new WriteSet { Conversation = Rows.Conversation("b") }).Wait(Cancellation);
                return (first, await CountAsync(db));
            },
            Cancellation);

        Assert.Equal((1L, 1L), (before, after));
        Assert.Equal(2, await Store.QueryAsync(CountAsync, Cancellation));
    }

    [Fact]
    public async Task List_OfLargeRows_EndsAtTheSizeAndSaysSo()
    {
        foreach (var id in new[] { "a", "b", "c" })
            await AddConversationAsync(id);

        var size = new SqlSize<string>(_ => 10, 15);
        var page = await Store.QueryAsync(
            db => db.ListAsync("SELECT \"Id\" FROM \"Conversations\" ORDER BY \"Id\"", row => row.GetString(0), size), Cancellation);

        Assert.Equal(["a", "b"], page.Rows);
        Assert.True(page.IsCut);
    }

    [Fact]
    public async Task Query_NameThatDoesNotExist_IsAnErrorAndNoText()
    {
        var failure = await Assert.ThrowsAnyAsync<DbException>(() =>
            Store.QueryAsync(db => db.ListAsync("SELECT \"Nmae\" FROM \"Conversations\"", row => row.GetString(0)), Cancellation).AsTask());

        Assert.Contains("Nmae", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_ThatRefuses_KeepsItsConnectionForTheNext()
    {
        OnFiles();
        await Assert.ThrowsAsync<FormatException>(() => Store.QueryAsync<int>(
            async db =>
            {
                await db.ListAsync("CREATE TEMP TABLE mark (a)", row => row.GetInt64(0));
                throw new FormatException();
            },
            Cancellation).AsTask());

        Assert.Equal(0, await Store.QueryAsync(db => db.FirstAsync("SELECT count(*) FROM temp.mark", row => row.GetInt64(0)), Cancellation));
    }

    [Fact]
    public async Task Query_MoreStatementsThanAreKept_GoesOn()
    {
        for (var number = 0; number < 600; number++)
        {
            var sql = $"SELECT {number} + $1";
            Assert.Equal(number + 1, await Store.QueryAsync(db => db.FirstAsync(sql, row => row.GetInt64(0), 1), Cancellation));
        }
    }

    private static ValueTask<long> CountAsync(ISqlSession db) =>
        db.FirstAsync("SELECT count(*) FROM \"Conversations\"", row => row.GetInt64(0));

    private ValueTask<ChatBotKit.Server.Data.Rows.ConversationRow?> FindAsync(string id) =>
        Store.QueryAsync(db => db.FirstAsync(ConversationTable.Rows, "WHERE \"Id\" = $1", id), Cancellation);
}
