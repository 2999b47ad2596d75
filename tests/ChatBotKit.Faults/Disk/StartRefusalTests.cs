using System.Diagnostics;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Hosting;

namespace ChatBotKit.Faults.Disk;

/// <summary>A data directory on which the server can't start: it prints a single line and exits.</summary>
[OfFiles]
public sealed class StartRefusalTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-start-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Start_OnAFullDisk_SaysSoAndStartsWhenThereIsRoom()
    {
        using var disk = SmallDisk.Mount(megabytes: 4);
        disk.Fill();

        var refusal = await Assert.ThrowsAsync<StartupException>(() => StartAndStopAsync(disk.Path));

        Assert.Contains(disk.Path, refusal.Message, StringComparison.Ordinal);
        disk.MakeRoom();
        await StartAndStopAsync(disk.Path);
        Files.CheckIntegrity(disk.Path);
    }

    [Fact]
    public async Task Start_WhileSomebodyElseHasTheDatabaseToHimself_SaysSo()
    {
        await StartAndStopAsync(_directory);
        using (var other = Files.Connect(_directory))
        {
            Files.Execute(other, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");

            var refusal = await Assert.ThrowsAsync<StartupException>(() => StartAndStopAsync(_directory));

            Assert.Contains("Another program has it open", refusal.Message, StringComparison.Ordinal);
        }

        await StartAndStopAsync(_directory);
    }

    [Theory]
    [InlineData("Schema")]
    [InlineData("ApiTokens")]
    [InlineData("Runs")]
    public async Task Start_OnADatabaseWithADamagedTable_SaysWhatToDo(string table)
    {
        await StartAndStopAsync(_directory);
        foreach (var page in Files.RootPagesOf(_directory, table))
            Files.Overwrite(_directory, page);

        var refusal = await Assert.ThrowsAsync<StartupException>(() => StartAndStopAsync(_directory));

        Assert.Contains("Restore it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_OnAReadOnlyDirectory_EndsWithOneLineAndAFailure()
    {
        using var disk = SmallDisk.Mount(megabytes: 4);
        disk.MakeReadOnly();
        var program = typeof(ChatBotKitServer).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--urls=http://127.0.0.1:0", $"--CHATBOTKIT_DATA_DIR={disk.Path}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;

        var said = process.StandardOutput.ReadToEndAsync(Token);
        var complaint = (await process.StandardError.ReadToEndAsync(Token)).TrimEnd();
        await process.WaitForExitAsync(Token);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains($"The data directory '{disk.Path}' can't be written", complaint, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', complaint);
        Assert.DoesNotContain("listens on", await said, StringComparison.Ordinal);
    }

    private static async Task StartAndStopAsync(string directory)
    {
        await using var app = await ChatBotKitServer.StartAsync(
            ["--urls=http://127.0.0.1:0", $"--CHATBOTKIT_DATA_DIR={directory}", "--CHATBOTKIT_API_SECRET=sk-owner-secret-of-the-tests", "--Logging:LogLevel:Default=None"],
            cancellationToken: Token);
    }
}
