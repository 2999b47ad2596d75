using System.Diagnostics;
using System.Text;
using ChatBotKit.Cli;
using ChatBotKit.TestModels;

namespace ChatBotKit.Faults.Backup;

/// <summary>Backups of a server under load, and backups on a failing disk.</summary>
[OfFiles]
public sealed class BackupTests : IAsyncLifetime
{
    private static readonly int Rounds = Form.Pick(1, 25);
    private static readonly int Flips = Form.Pick(60, 5000);
    private static readonly int Kills = Form.Pick(4, 100);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatbotkit-backup-");
    private ScriptedModelServer _model = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "data");

    private string Backup => Path.Combine(_folder.FullName, "server.tar");

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(Token);
        _model.Otherwise(_ => new ModelScript().Text("One", " two", " three", " four").Usage(3, 4));
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Backup_UnderLoad_HoldsAllThatWasAcknowledgedBefore()
    {
        await using var server = await BackupServer.StartAsync(Data, _model.BaseUrl);
        var load = new BackupLoad(server);
        for (var round = 0; round < Rounds; round++)
        {
            load.Start();
            await UntilAsync(load, load.Messages + 150);
            var (kept, watch) = (load.Now, Stopwatch.StartNew());

            var made = await Cbk.DoAsync(server.Address, "backup", Backup, "--overwrite");

            var (during, milliseconds) = (load.Messages - kept.Messages.Count, watch.ElapsedMilliseconds);
            await load.StopAsync();
            Form.Report($"round {round}: {kept.Messages.Count} messages before, {during} during {milliseconds} ms, {made["size"]} bytes, {made["files"]} files");
            Assert.Equal(0, (int)made["missing"]!);
            Assert.True(during > 0, "Nobody wrote while the backup was made.");
            await AssertRestoredAsync(kept, Path.Combine(_folder.FullName, $"restored-{round}"));
        }
    }

    [Fact]
    public async Task Backup_OfARunThatGoesOn_HoldsWhatWasSaidAndTheRestoredServerEndsIt()
    {
        _model.Answer(script => script.Text("One", " two").Silence());
        await using var server = await BackupServer.StartAsync(Data, _model.BaseUrl);
        var (run, seen) = await server.CompleteUntilAsync(" two");

        await Cbk.DoAsync(server.Address, "backup", Backup);

        var restored = Path.Combine(_folder.FullName, "restored");
        await Cbk.DoAsync(server: null, "restore", Backup, "--to", restored);
        await using var again = await BackupServer.StartAsync(restored, _model.BaseUrl);
        var lines = Encoding.UTF8.GetString(await again.FollowAsync(run, after: 0)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(seen, lines.Take(seen.Count));
        Assert.Contains(lines.Skip(seen.Count), line => line.Contains("\"abort\"", StringComparison.Ordinal));
        Assert.Contains("\"text\":\"One two\"", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_WithAFlippedOrMissingByte_IsRefused()
    {
        await MakeAsync();
        var bytes = await File.ReadAllBytesAsync(Backup, Token);
        var random = new Random(Form.Seed ?? 5);
        for (var flip = 0; flip < Flips; flip++)
        {
            var (position, mask) = (random.Next(bytes.Length), (byte)(1 << random.Next(8)));
            bytes[position] ^= mask;
            await AssertRefusedAsync(bytes, $"byte {position} with bits {mask}", "is damaged", "is cut off");
            bytes[position] ^= mask;
            await AssertRefusedAsync(bytes[..position], $"{position} bytes", "is cut off");
        }

        Form.Report($"{Flips} flips and {Flips} cuts of {bytes.Length} bytes refused");
        await File.WriteAllBytesAsync(Backup, bytes, Token);
        await Cbk.DoAsync(server: null, "restore", Backup, "--verify-only");
    }

    [Fact]
    public async Task Restore_Killed_LeavesNoHalfDirectory()
    {
        await MakeAsync();
        var random = new Random(Form.Seed ?? 5);
        var finished = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var target = Path.Combine(_folder.FullName, $"killed-{kill}");
            using var restore = Cbk.Start("restore", Backup, "--to", target);
            // The kill comes at any time of the restore: as soon as it begins to write, or some steps later.
            while (!restore.HasExited && Directory.GetDirectories(_folder.FullName, $"killed-{kill}*").Length == 0)
                await Task.Yield();
            for (var step = random.Next(200_000); step > 0 && !restore.HasExited; step--)
                Thread.SpinWait(10);
            restore.Kill();
            await restore.WaitForExitAsync(Token);
            if (!Directory.Exists(target))
                continue;
            finished++;
            Assert.True(File.Exists(Path.Combine(target, "initialized")));
            RestoredServer.AssertSound(target);
        }

        Form.Report($"{Kills} kills, {finished} of them too late");
        await Cbk.DoAsync(server: null, "restore", Backup, "--to", Path.Combine(_folder.FullName, "whole"));
    }

    private async Task AssertRestoredAsync(Acknowledged kept, string directory)
    {
        await Cbk.DoAsync(server: null, "restore", Backup, "--to", directory);
        RestoredServer.AssertSound(directory);
        await using (var restored = await BackupServer.StartAsync(directory, _model.BaseUrl))
            await new RestoredServer(restored).AssertServesAsync(kept);
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Creates a backup of a server with some data of every kind.</summary>
    private async Task MakeAsync()
    {
        await using var server = await BackupServer.StartAsync(Data, _model.BaseUrl);
        var load = new BackupLoad(server);
        load.Start();
        await UntilAsync(load, 40);
        await load.StopAsync();
        await Cbk.DoAsync(server.Address, "backup", Backup);
    }

    private async Task AssertRefusedAsync(byte[] bytes, string what, params string[] reasons)
    {
        await File.WriteAllBytesAsync(Backup, bytes, Token);
        var result = await Cbk.RunAsync(server: null, "restore", Backup, "--to", Path.Combine(_folder.FullName, "refused"));
        Assert.True(result.Code == ExitCodes.Failure, $"{what}: {result.Code} {result.Output}");
        Assert.True(reasons.Any(reason => result.Error.Contains(reason, StringComparison.Ordinal)), $"{what}: {result.Error}");
        Assert.Empty(Directory.GetDirectories(_folder.FullName, "refused*"));
    }

    private static async Task UntilAsync(BackupLoad load, int messages)
    {
        while (load.Messages < messages)
        {
            load.ThrowIfFailed();
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);
        }
    }
}
