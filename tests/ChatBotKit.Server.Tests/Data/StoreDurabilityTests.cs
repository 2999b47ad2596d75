using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace ChatBotKit.Server.Tests.Data;

public sealed class StoreDurabilityTests : StoreTests
{
    [Fact]
    public async Task Dispose_WithQueuedCommits_StoresThemAndLeavesOneFile()
    {
        await AddConversationAsync();
        var commits = Enumerable.Range(1, 300).Select(position => Store.CommitAsync(Rows.Set(Rows.Message(position)))).ToList();

        await CloseAsync();

        await Task.WhenAll(commits);
        Assert.False(File.Exists(DatabasePath + "-wal"));
        await ReopenAsync();
        Assert.Equal(300, (await Store.ListMessagesAsync("c1", null, descending: false, 1000, int.MaxValue, Cancellation)).Count);
    }

    [Fact]
    public async Task Open_CopyOfTheFilesOfARunningStore_HoldsEveryAcknowledgedRow()
    {
        OnFiles();
        await AddConversationAsync();
        var copy = Directory.CreateTempSubdirectory("chatbotkit-copy-").FullName;
        try
        {
            for (var position = 1; position <= 50; position++)
                await Store.CommitAsync(Rows.Set(Rows.Message(position)));
            // The files that a process leaves when it is killed here.
            foreach (var name in new[] { "chatbotkit.db", "chatbotkit.db-wal", "initialized" })
                File.Copy(Path.Combine(DataDirectory, name), Path.Combine(copy, name));

            await using var survivor = await OpenAsync(copy);

            var messages = await survivor.ListMessagesAsync("c1", null, descending: false, 1000, int.MaxValue, Cancellation);
            Assert.Equal(50, messages.Count);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task Open_AfterATornWrite_KeepsWhatWasAcknowledgedBefore()
    {
        OnFiles();
        await AddConversationAsync();
        await Store.CommitAsync(Rows.Set(Rows.Message(1)));
        var whole = new FileInfo(DatabasePath + "-wal").Length;
        await Store.CommitAsync(Rows.Set(Rows.Message(2)));
        var copy = Directory.CreateTempSubdirectory("chatbotkit-copy-").FullName;
        try
        {
            foreach (var name in new[] { "chatbotkit.db", "chatbotkit.db-wal", "initialized" })
                File.Copy(Path.Combine(DataDirectory, name), Path.Combine(copy, name));
            using (var log = new FileStream(Path.Combine(copy, "chatbotkit.db-wal"), FileMode.Open))
                log.SetLength(whole + 100);

            await using var survivor = await OpenAsync(copy);

            var messages = await survivor.ListMessagesAsync("c1", null, descending: false, 1000, int.MaxValue, Cancellation);
            Assert.Equal(["c1-m1"], messages.Select(message => message.Id));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task Commit_AfterTheFileWasDeleted_IsRefusedUntilItIsBack()
    {
        OnFiles();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody move an open file.");
        await AddConversationAsync();
        await Store.CheckAsync(Cancellation);
        File.Move(DatabasePath, DatabasePath + ".away");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.CommitAsync(Rows.Set(Rows.Message(1))));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.CheckAsync(Cancellation));

        File.Move(DatabasePath + ".away", DatabasePath);
        await Store.CommitAsync(Rows.Set(Rows.Message(2)));
        await Store.CheckAsync(Cancellation);
        Assert.Single(await Store.ListMessagesAsync("c1", null, descending: false, 10, int.MaxValue, Cancellation));
    }

    [Theory]
    [InlineData(null, 2L)]
    [InlineData("normal", 1L)]
    public async Task Connection_OfTheWriter_FlushesAsConfigured(string? setting, long expected)
    {
        OnFiles();
        await CloseAsync();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("CHATBOTKIT_SQLITE_SYNCHRONOUS", setting)]).Build();
        var connections = new SqliteConnections(DatabasePath, StoreOptions.From(configuration).Synchronous);
        using var connection = connections.OpenWriter();
        using var command = connection.CreateCommand();

        command.CommandText = "PRAGMA synchronous";
        Assert.Equal(expected, command.ExecuteScalar());
        command.CommandText = "PRAGMA journal_mode";
        Assert.Equal("wal", command.ExecuteScalar());
        command.CommandText = "PRAGMA foreign_keys";
        Assert.Equal(1L, command.ExecuteScalar());
    }
}
