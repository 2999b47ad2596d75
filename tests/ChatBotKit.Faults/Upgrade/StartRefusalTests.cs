using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Server.Data.Schema;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Faults.Upgrade;

/// <summary>The output and exit code of the published program when it refuses to start, and the files that it leaves unchanged.</summary>
[Collection(ReleasesCollection.Name)]
[OfFiles]
public sealed class StartRefusalTests(Releases releases)
{
    private static readonly int NewestRelease = SchemaScript.Sqlite.Count - 1;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_DatabaseOfANewerProgram_IsRefusedWithItsNameAndAnExitCode()
    {
        var directory = await releases.CopyAsync(NewestRelease);
        await using (var connection = new SqliteConnection($"Data Source={Releases.DatabaseIn(directory)};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            DatabaseRows.Scalar(connection, """INSERT INTO "Schema" VALUES (9999, '9999_from_the_future', '', 1, 9999)""");
        }
        var before = DatabaseRows.Read(Releases.DatabaseIn(directory));

        var (code, errors) = await RunAsync(directory);

        Assert.Equal(1, code);
        Assert.Contains("written by a newer version", errors, StringComparison.Ordinal);
        Assert.Contains("9999_from_the_future", errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n'));
        Assert.Equal(0, before.CountMissing(Releases.DatabaseIn(directory)));
        Assert.Empty(Releases.SnapshotsIn(directory));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_DatabaseThatIsGone_IsRefusedAndNotReplaced(bool leavesWriteAheadLog)
    {
        var directory = await releases.CopyAsync(NewestRelease);
        File.Delete(Releases.DatabaseIn(directory));
        if (leavesWriteAheadLog)
            await File.WriteAllTextAsync(Releases.DatabaseIn(directory) + "-wal", "what the database did not have yet", Token);

        var (code, errors) = await RunAsync(directory);

        Assert.Equal(1, code);
        Assert.Contains("is missing or empty", errors, StringComparison.Ordinal);
        Assert.Contains("Restore the file", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Releases.DatabaseIn(directory)));
        Assert.Equal(leavesWriteAheadLog, File.Exists(Releases.DatabaseIn(directory) + "-wal"));
    }

    /// <summary>A database that was closed normally has no other files beside it, so a copy without them is complete.</summary>
    [Fact]
    public async Task Start_DatabaseWithoutWriteAheadLog_StartsWithItsRows()
    {
        var directory = await releases.CopyAsync(NewestRelease);
        Assert.Single(Directory.GetFiles(directory, "chatbotkit.db*"));
        var before = DatabaseRows.Read(Releases.DatabaseIn(directory));

        await using (var server = await ServerRun.StartAsync(Releases.SettingsOf(directory), Token))
            await server.KillAsync();

        Assert.True(before.Count > 0);
        Assert.Equal(0, before.CountMissing(Releases.DatabaseIn(directory)));
    }

    private static async Task<(int Code, string Errors)> RunAsync(string directory)
    {
        await using var server = ServerRun.Launch(Releases.SettingsOf(directory));
        return await server.WaitForExitAsync(Token);
    }
}
