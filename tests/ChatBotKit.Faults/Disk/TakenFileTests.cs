using System.Diagnostics;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Faults.Disk;

/// <summary>A database file that another process locks, removes or replaces.</summary>
[OfFiles]
public sealed class TakenFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-taken-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Commit_WhileSomebodyElseWrites_FailsInSecondsAndSucceedsAfterwards()
    {
        await using var store = await Files.OpenWithConversationAsync(_directory);
        await Files.AddAsync(store, 1);
        using var other = Files.Connect(_directory);
        Files.Execute(other, "BEGIN IMMEDIATE");
        var since = Stopwatch.GetTimestamp();

        var refused = Assert.ThrowsAsync<StoreUnavailableException>(() => Files.AddAsync(store, 2));

        // Reads do not wait for the lock.
        Assert.Equal([1], await Files.PositionsAsync(store));
        Assert.False(refused.IsCompleted);
        await refused;
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(20));
        Files.Execute(other, "ROLLBACK");
        await Files.AddAsync(store, 3);
        await store.CheckAsync(Token);
        Assert.Equal([1, 3], await Files.PositionsAsync(store));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_AfterTheFileWasTakenAway_IsRefusedUntilItIsBack(bool isReplaced)
    {
        var database = Files.DatabaseIn(_directory);
        await using (var store = await Files.OpenWithConversationAsync(_directory))
        {
            await Files.AddAsync(store, 1);
            File.Move(database, database + ".away");
            if (isReplaced)
                File.Copy(database + ".away", database);

            await Assert.ThrowsAsync<StoreUnavailableException>(() => Files.AddAsync(store, 2));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Token));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Files.AddAsync(store, 2));

            File.Move(database + ".away", database, overwrite: true);
            await Files.AddAsync(store, 3);
            await store.CheckAsync(Token);
        }

        Files.CheckIntegrity(_directory);
        await using var again = await Files.OpenAsync(_directory);
        Assert.Equal([1, 3], await Files.PositionsAsync(again));
    }
}
