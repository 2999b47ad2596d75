using System.Diagnostics;
using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Server.Data.Schema;

namespace ChatBotKit.Faults.Upgrade;

/// <summary>
/// The start that upgrades a database is killed with SIGKILL at various times. The next start must succeed with every row, and an
/// incomplete snapshot must not look like a complete one.
/// </summary>
[Collection(ReleasesCollection.Name)]
[OfFiles]
public sealed class InterruptedUpgradeTests(Releases releases)
{
    /// <summary>No kill begins after this time, so that a slow machine checks less instead of running longer.</summary>
    private static readonly TimeSpan TimeLimit = Form.Pick(TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(10));

    private static readonly Moment[] Moments = [Moment.InSnapshot, Moment.AfterSnapshot, Moment.InMigration, Moment.Any];

    private enum Moment
    {
        /// <summary>At any time of the start.</summary>
        Any,

        /// <summary>While the snapshot is being written.</summary>
        InSnapshot,

        /// <summary>When the snapshot is complete.</summary>
        AfterSnapshot,

        /// <summary>Shortly after the snapshot is complete.</summary>
        InMigration,
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_InTheUpgrade_IsMadeUpForByTheNextStart()
    {
        var seed = Form.Seed ?? Random.Shared.Next();
        Form.Report($"CHATBOTKIT_SEED={seed}");
        var (random, watch, found) = (new Random(seed), Stopwatch.StartNew(), new SortedDictionary<string, int>(StringComparer.Ordinal));
        for (int count = 0, kills = Form.Pick(4, 120); count < kills && (count == 0 || watch.Elapsed < TimeLimit); count++)
        {
            var directory = await releases.CopyAsync(random.Next(SchemaScript.Sqlite.Count - 1));
            var before = DatabaseRows.Read(Releases.DatabaseIn(directory));
            await KillAsync(directory, Moments[count % Moments.Length], random);
            var state = StateOf(directory, before);
            found[state] = found.GetValueOrDefault(state) + 1;

            await using (var server = await ServerRun.StartAsync(Releases.SettingsOf(directory), Token))
                await server.KillAsync();

            AssertWhole(directory, before);
            Directory.Delete(directory, recursive: true);
        }
        foreach (var (state, count) in found)
            Form.Report($"killed {state,-40}{count}");
    }

    private static async Task KillAsync(string directory, Moment moment, Random random)
    {
        await using var server = ServerRun.Launch(Releases.SettingsOf(directory));
        var listening = server.WaitUntilListeningAsync(Token);
        var later = TimeSpan.FromMicroseconds(moment switch
        {
            Moment.Any => random.Next(2_000_000),
            Moment.InSnapshot => random.Next(30_000),
            Moment.InMigration => random.Next(500_000),
            _ => 0,
        });
        while (!listening.IsCompleted && !IsReached(directory, moment))
            await Task.Yield();
        await Task.WhenAny(listening, Task.Delay(later, Token));
        await server.KillAsync();
    }

    private static bool IsReached(string directory, Moment moment) => moment switch
    {
        Moment.Any => true,
        Moment.InSnapshot => Directory.Exists(Path.Combine(directory, "snapshots")),
        _ => Releases.SnapshotsIn(directory).Length > 0,
    };

    private static string StateOf(string directory, DatabaseRows before)
    {
        var database = Releases.DatabaseIn(directory);
        if (DatabaseRows.CountMigrations(database) == SchemaScript.Sqlite.Count)
            return "after the migration";
        if (Releases.SnapshotsIn(directory) is [var snapshot])
            return before.CountMissing(snapshot) == 0 ? "between snapshot and end of migration" : "and left half a snapshot";
        return Directory.Exists(Path.Combine(directory, "snapshots")) ? "in the snapshot" : "before the snapshot";
    }

    private static void AssertWhole(string directory, DatabaseRows before)
    {
        var database = Releases.DatabaseIn(directory);
        Assert.Equal(0, before.CountMissing(database));
        Assert.Equal(SchemaScript.Sqlite.Count, DatabaseRows.CountMigrations(database));
        Assert.Equal("ok", DatabaseRows.CheckIntegrity(database));
        Assert.NotEmpty(Releases.SnapshotsIn(directory));
        Assert.All(Releases.SnapshotsIn(directory), snapshot =>
        {
            Assert.Equal("ok", DatabaseRows.CheckIntegrity(snapshot));
            Assert.Equal(0, before.CountMissing(snapshot));
        });
        Assert.Empty(Directory.GetFiles(Path.Combine(directory, "snapshots"), "unfinished*"));
    }
}
