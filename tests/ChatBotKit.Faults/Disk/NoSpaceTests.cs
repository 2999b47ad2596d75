using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Sqlite;

namespace ChatBotKit.Faults.Disk;

/// <summary>The store on a disk that is full, and then has room again.</summary>
public sealed class NoSpaceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commit_OnAFullDisk_IsRefusedUntilThereIsRoomAndLosesNothing()
    {
        using var disk = SmallDisk.Mount(megabytes: 8);
        var stored = new List<long>();
        await using (var store = await Files.OpenWithConversationAsync(disk.Path))
        {
            var refused = 0;
            for (var round = 0; round < Form.Pick(8, 200); round++)
            {
                refused += await FillUpAsync(store, disk, stored, round * 10);
                disk.MakeRoom();
                for (var position = (round * 10) + 6; position <= (round * 10) + 10; position++)
                {
                    await Files.AddAsync(store, position);
                    stored.Add(position);
                }

                await store.CheckAsync(Token);
            }

            Assert.Equal(stored, await Files.PositionsAsync(store));
            Form.Report($"{refused} commits refused, {stored.Count} stored, none lost");
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

        // The writer's own and the one before it, each with the database and its log.
        Assert.InRange(OpenFilesOf(disk.Path), 1, 6);
        disk.MakeRoom();
        await Files.AddAsync(store, 1);
    }

    /// <summary>Stores while the disk is full what it takes, and gives how many commits it did not.</summary>
    private static async Task<int> FillUpAsync(SqliteStore store, SmallDisk disk, List<long> stored, int position)
    {
        disk.Fill();
        var refused = 0;
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            try
            {
                await Files.AddAsync(store, position + attempt);
                stored.Add(position + attempt);
            }
            catch (StoreUnavailableException)
            {
                refused++;
            }
        }

        Assert.True(refused > 0, "A full disk took all.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Token));
        return refused;
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
            // Closed in the meantime.
            return null;
        }
    }
}
