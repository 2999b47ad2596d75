using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Tests.Data;

public sealed class StoreChangeTests : StoreTests
{
    [Fact]
    public async Task Write_BesideCommits_SharesTheirTransactions()
    {
        await AddConversationAsync();
        var before = Store.Transactions;

        var commits = Enumerable.Range(1, 200).Select(position => Store.CommitAsync(Rows.Set(Rows.Message(position))));
        var changes = Enumerable.Range(1, 50).Select(number =>
            Store.WriteAsync(db => db.Accounts.Add(new AccountEntity { Id = $"a{number}", CreatedAt = number }).Entity.Id, Cancellation));
        await Task.WhenAll(commits.Concat(changes));

        Assert.Equal(50, await Store.ReadAsync((db, token) => db.Accounts.CountAsync(token), Cancellation));
        Assert.Equal(200, await Store.ReadAsync((db, token) => db.Messages.CountAsync(token), Cancellation));
        Assert.InRange(Store.Transactions - before, 1, 125);
    }

    [Fact]
    public async Task Write_ReadsAndChangesARow_SavesItAndReturnsTheResult()
    {
        await AddConversationAsync();

        var old = await Store.WriteAsync(db =>
        {
            var conversation = db.Conversations.Single(row => row.Id == "c1");
            var name = conversation.Name;
            conversation.Name = "renamed";
            return name;
        }, Cancellation);

        Assert.Equal("name", old);
        Assert.Equal("renamed", (await Store.LoadConversationAsync("c1", 1, Cancellation))!.Conversation.Name);
    }

    [Fact]
    public async Task Write_ThatThrows_StoresNothingAndLeavesNoTrackedRows()
    {
        await Assert.ThrowsAsync<FormatException>(() => Store.WriteAsync<int>(db =>
        {
            db.Accounts.Add(new AccountEntity { Id = "a1", CreatedAt = 1 });
            throw new FormatException();
        }, Cancellation));
        await Store.WriteAsync(db => db.Accounts.Add(new AccountEntity { Id = "a2", CreatedAt = 1 }), Cancellation);

        var ids = await Store.ReadAsync((db, token) => db.Accounts.Select(account => account.Id).ToListAsync(token), Cancellation);
        Assert.Equal(["a2"], ids);
    }

    [Fact]
    public async Task Write_BreakingAKey_ThrowsTheStoresOwnExceptions()
    {
        await Store.WriteAsync(db => db.Contacts.Add(Contact("x1", "same")), Cancellation);

        await Assert.ThrowsAsync<DuplicateKeyException>(() =>
            Store.WriteAsync(db => db.Contacts.Add(Contact("x2", "same")), Cancellation));
        await Assert.ThrowsAsync<MissingParentException>(() =>
            Store.WriteAsync(db => db.Sessions.Add(Rows.Session(conversationId: "gone")), Cancellation));
    }

    [Fact]
    public async Task Write_CancelledBeforeItsTurn_StoresNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.WriteAsync(db => db.Accounts.Add(new AccountEntity { Id = "a1", CreatedAt = 1 }), cancelled.Token));

        Assert.Equal(0, await Store.ReadAsync((db, token) => db.Accounts.CountAsync(token), Cancellation));
    }

    [Fact]
    public async Task Write_DeletesAConversation_TakesItsRowsAlongButNotItsUsage()
    {
        await Store.CommitAsync(new WriteSet
        {
            Conversation = Rows.Conversation(),
            Session = Rows.Session(),
            StartedRun = Rows.Run(conversationId: "c1"),
            Messages = [Rows.Message(1)],
            Usage = Rows.Usage(),
        });
        await Store.WriteAsync(AddRatingAndAttachment, Cancellation);

        await Store.WriteAsync(db => db.Conversations.Where(row => row.Id == "c1").ExecuteDelete(), Cancellation);

        var left = await Store.ReadAsync(async (db, token) => (
            await db.Messages.CountAsync(token), await db.Sessions.CountAsync(token), await db.Runs.CountAsync(token),
            await db.Ratings.CountAsync(token), await db.Attachments.CountAsync(token), await db.UsageRecords.CountAsync(token)),
            Cancellation);
        Assert.Equal((0, 0, 0, 0, 0, 1), left);
    }

    [Fact]
    public async Task Read_TriesToWrite_IsRefused()
    {
        await AddConversationAsync();

        var exception = await Assert.ThrowsAnyAsync<Exception>(() =>
            Store.ReadAsync((db, token) => db.Conversations.ExecuteDeleteAsync(token), Cancellation));

        Assert.Contains("readonly", exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static int AddRatingAndAttachment(ServerDbContext db)
    {
        db.Ratings.Add(new RatingEntity { Id = "rating", AccountId = "account", ConversationId = "c1", Value = 1, CreatedAt = 1 });
        db.Attachments.Add(new AttachmentEntity
        {
            Id = "file",
            AccountId = "account",
            ConversationId = "c1",
            Name = "file.txt",
            ContentType = "text/plain",
            Size = 1,
            CreatedAt = 1,
            UpdatedAt = 1,
        });
        return 2;
    }

    private static ContactEntity Contact(string id, string fingerprint) =>
        new() { Id = id, AccountId = "account", Fingerprint = fingerprint, CreatedAt = 1, UpdatedAt = 1 };
}
