using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Server.Hosting;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;

namespace ChatBotKit.Faults.Disk;

/// <summary>A complete server whose disk fails.</summary>
[OfFiles]
public sealed class FailingDiskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_WhoseWritesAndFlushesFail_SaysSoAndGoesOnWithEverythingWhenTheyWorkAgain()
    {
        using var disk = FailingDisk.Build();
        var directory = Directory.CreateTempSubdirectory("chatbotkit-disk-").FullName;
        try
        {
            await using var model = await ScriptedModelServer.StartAsync(Token);
            await using var server = await ServerRun.StartAsync(Settings(directory, model), Token, disk.Environment);
            using var scenario = new StorageScenario(server.Address, model);
            for (var round = 0; round < Form.Pick(1, 40); round++)
            {
                await scenario.FailAndMendAsync(() => Task.Run(() => disk.Fail('w', FailingDisk.NoSpaceLeft)), () => Task.Run(disk.Mend), writing: 3, isTotal: true);
                await scenario.FailAndMendAsync(() => Task.Run(() => disk.Fail('w', FailingDisk.InputOutputError)), () => Task.Run(disk.Mend), writing: 3, isTotal: true);
                await scenario.FailAndMendAsync(() => Task.Run(() => disk.Fail('s', FailingDisk.InputOutputError)), () => Task.Run(disk.Mend), writing: 3, isTotal: true);
            }

            await server.KillAsync();
            await using var again = await ServerRun.StartAsync(Settings(directory, model), Token);
            await scenario.CheckAcknowledgedAsync(again.Address);
            await again.KillAsync();
            Files.CheckIntegrity(directory);
            Form.Report(scenario.Summary);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Server_OnAFullDisk_SaysSoAndGoesOnWithEverythingWhenThereIsRoom()
    {
        using var disk = SmallDisk.Mount(megabytes: 24);
        await using var model = await ScriptedModelServer.StartAsync(Token);
        // A new server for each round: when SQLite has wrapped around its write-ahead log, a full disk accepts writes for a long
        // time.
        for (var round = 0; round < Form.Pick(1, 40); round++)
        {
            await using (var server = await StartAsync(disk.Path, model))
            {
                using var scenario = new StorageScenario(new Uri(server.Urls.Single()), model);
                await scenario.FailAndMendAsync(() => Task.Run(disk.Fill), () => Task.Run(disk.MakeRoom), writing: 0, isTotal: false);
            }

            Files.CheckIntegrity(disk.Path);
        }
    }

    private static Task<WebApplication> StartAsync(string directory, ScriptedModelServer model) => ChatBotKitServer.StartAsync(
        [.. Settings(directory, model).Select(one => $"--{one.Key}={one.Value}"), "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"],
        cancellationToken: Token);

    private static Dictionary<string, string> Settings(string directory, ScriptedModelServer model) => new()
    {
        ["CHATBOTKIT_DATA_DIR"] = directory,
        ["CHATBOTKIT_API_SECRET"] = StorageScenario.Secret,
        ["OPENAI_BASE_URL"] = model.BaseUrl.AbsoluteUri,
        ["OPENAI_MODELS"] = "scripted",
    };
}
