using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Schema;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Tests.Data;

public sealed class StoreSnapshotTests : StoreTests
{
    public override ValueTask InitializeAsync()
    {
        OnFiles();
        return base.InitializeAsync();
    }

    private string SnapshotPath => Path.Combine(DataDirectory, "copy.db");

    [Fact]
    public async Task TakeSnapshot_OfADatabaseInUse_IsAWholeDatabaseOfThatMoment()
    {
        await AddConversationAsync();
        await Store.CommitAsync(Rows.Set(Rows.Message(1)));

        var snapshot = await TakeAsync();
        await Store.CommitAsync(Rows.Set(Rows.Message(2)));

        Assert.Equal((1L, 1L), (snapshot.Conversations, snapshot.Messages));
        Assert.Equal(SchemaScript.Sqlite[^1].Name, snapshot.Schema);
        Assert.Equal("ok", Query("PRAGMA integrity_check"));
        Assert.Equal("c1-m1", Query("""SELECT group_concat("Id") FROM "Messages" """));
    }

    [Fact]
    public async Task TakeSnapshot_OfStoredAndAnnouncedFiles_NamesThoseThatAreThere()
    {
        await AddConversationAsync();
        await Store.InsertAsync(AttachmentTable.Rows, File("b", stored: true), File("a", stored: true), File("c", stored: false));

        await Store.InsertAsync(AccountTable.Rows, new Server.Data.Rows.AccountRow { Id = "account", CreatedAt = 1 });
        await Store.InsertAsync(ResourceTable.Rows, new ResourceRow { Id = "f1", Kind = "file", AccountId = "account", CreatedAt = 1, UpdatedAt = 1, Data = "{}"u8.ToArray() });
        await Store.InsertAsync(ContentTable.Rows, Content("0", stored: true), Content("1", stored: false));

        Assert.Equal(["blob-0", "blob-a", "blob-b"], (await TakeAsync()).StoredFiles);
    }

    [Fact]
    public async Task TakeSnapshot_AfterADeletion_HoldsNothingOfIt()
    {
        const string Secret = "only-in-the-deleted-conversation";
        await AddConversationAsync(expiresAt: 5);
        var message = Rows.Message(1);
        message.Text = Secret;
        await Store.CommitAsync(Rows.Set(message));
        Assert.Equal(1, await Store.DeleteExpiredConversationsAsync(6, Cancellation));

        await TakeAsync();

        Assert.DoesNotContain(Secret, await System.IO.File.ReadAllTextAsync(SnapshotPath, System.Text.Encoding.Latin1, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeSnapshot_WhileWritersWrite_HoldsUpNone()
    {
        await AddConversationAsync();
        await Store.CommitAsync(Rows.Set([.. Enumerable.Range(1, 2000).Select(position => Rows.Message(position))]));

        var copy = TakeAsync();
        var position = 2000;
        do
        {
            await Store.CommitAsync(Rows.Set(Rows.Message(++position)));
        }
        while (!copy.IsCompleted);

        Assert.InRange((await copy).Messages, 2000, position);
        Assert.Equal("ok", Query("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task TakeSnapshot_GivenUpBefore_IsGivenUp() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.TakeSnapshotAsync(SnapshotPath, new CancellationToken(canceled: true)));

    [Fact]
    public async Task TakeSnapshot_OfADamagedDatabase_SaysThatTheStoreFails()
    {
        await AddConversationAsync();
        await Store.CommitAsync(Rows.Set([.. Enumerable.Range(1, 500).Select(position => Rows.Message(position))]));
        await ReopenAsync();
        await using (var file = new FileStream(DatabasePath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = file.Length / 2;
            file.Write(new byte[64 * 1024]);
        }

        await Assert.ThrowsAsync<StoreUnavailableException>(TakeAsync);
    }

    private Task<StoreSnapshot> TakeAsync()
    {
        System.IO.File.WriteAllBytes(SnapshotPath, []);
        return Store.TakeSnapshotAsync(SnapshotPath, Cancellation);
    }

    private static Server.Data.Rows.ContentRow Content(string id, bool stored) => new()
    {
        Id = id,
        ResourceId = "f1",
        Path = "",
        AccountId = "account",
        ContentType = "text/plain",
        Size = 1,
        BlobId = stored ? $"blob-{id}" : null,
        CreatedAt = 1,
        UpdatedAt = 1,
    };

    private static Server.Data.Rows.AttachmentRow File(string id, bool stored) => new()
    {
        Id = id,
        AccountId = "account",
        ConversationId = "c1",
        Name = id,
        ContentType = "text/plain",
        Size = 1,
        BlobId = stored ? $"blob-{id}" : null,
        CreatedAt = 1,
        UpdatedAt = 1,
    };

    private object? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={SnapshotPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
