using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Sqlite;

namespace ChatBotKit.Faults.Disk;

/// <summary>The store on a disk that is full, and later has space again.</summary>
[OfFiles]
public sealed class NoSpaceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commit_OnAFullDisk_IsRefusedUntilThereIsRoomAndLosesNothing()
    {
        using var disk = SmallDisk.Mount(megabytes: 32);
        var stored = new List<long>();
        await using (var store = await Files.OpenWithConversationAsync(disk.Path))
        {
            var rounds = Form.Pick(8, 100);
            for (var (position, round) = (1, 0); round < rounds; round++)
            {
                disk.Fill();
                position = await StoreUntilRefusedAsync(store, stored, position);
                disk.MakeRoom();
                for (var last = position + 5; position < last; position++)
                {
                    await Files.AddAsync(store, position);
                    stored.Add(position);
                }

                await store.CheckAsync(Token);
            }

            Assert.Equal(stored, await Files.PositionsAsync(store));
            Form.Report($"{rounds} times full, {stored.Count} commits acknowledged, none lost");
        }

        Files.CheckIntegrity(disk.Path);
        await using var again = await Files.OpenAsync(disk.Path);
        Assert.Equal(stored, await Files.PositionsAsync(again));
    }

    [Fact]
    public async Task Commit_RefusedManyTimes_LeavesNoConnectionOpen()
    {
        using var disk = SmallDisk.Mount(megabytes: 8);
        await using var store = await Files.OpenWithConversationAsync(disk.Path);
        disk.Fill();

        for (var attempt = 1; attempt <= 30; attempt++)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Files.AddAsync(store, 1));

        // The writer's connection and the one before it, each with the database and its log.
        Assert.InRange(OpenFilesOf(disk.Path), 1, 6);
        disk.MakeRoom();
        await Files.AddAsync(store, 1);
    }

    /// <summary>
    /// Stores messages until the disk refuses one, which may last until the space in the log is used up. Returns the next free
    /// position.
    /// </summary>
    private static async Task<int> StoreUntilRefusedAsync(SqliteStore store, List<long> stored, int position)
    {
        for (var last = position + 2_000; position < last; position++)
        {
            try
            {
                await Files.AddAsync(store, position);
                stored.Add(position);
            }
            catch (StoreUnavailableException)
            {
                return position + 1;
            }
        }

        throw new InvalidOperationException("A full disk took all.");
    }

    private static int OpenFilesOf(string directory) => Directory.GetFiles("/proc/self/fd")
        .Count(file => TargetOf(file)?.StartsWith(directory + "/chatbotkit.db", StringComparison.Ordinal) == true);

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            // The file was closed meanwhile.
            return null;
        }
    }
}
