using System.Diagnostics;
using ChatBotKit.Faults.Disk;
using ChatBotKit.Faults.Upstream;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Faults.Imports;

/// <summary>The disk of the server fills up while rows and a file are imported and their vectors are computed.</summary>
[OfFiles]
public sealed class ImportDiskTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_OnADiskThatFillsUp_IsRefused_ShowsNoPartOfAFile_AndGoesOnWhenThereIsRoom()
    {
        using var disk = SmallDisk.Mount(megabytes: 64);
        using var logs = new LogLines();
        await using var model = await EmbeddingServer.StartAsync(Token);
        await using var server = await ChatBotKitServer.StartAsync(
            [
                .. ImportWorld.SettingsOf(model).Select(one => $"--{one.Key}={one.Value}"), $"--CHATBOTKIT_DATA_DIR={disk.Path}",
                "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Error",
            ],
            host => host.Logging.ClearProviders().AddProvider(logs), cancellationToken: Token);
        using var client = ServerFactory.ClientOf(new Uri(server.Urls.Single()), ImportWorld.Secret);
        var world = await ImportWorld.CreateAsync(client);
        try
        {
            for (var round = 0; round < Form.Pick(2, 40); round++)
                await FillAndEmptyAsync(disk, client, world);
        }
        finally
        {
            // What a full disk does not explain.
            foreach (var line in logs.All.Where(line => !line.Contains(nameof(StoreUnavailableException), StringComparison.Ordinal)))
                Form.Report(line);
        }

        Form.Report($"{world.Acknowledged} rows acknowledged, {world.Imports} imports of the file, {world.Seen} looks at it");
    }

    private static async Task FillAndEmptyAsync(SmallDisk disk, HttpClient client, ImportWorld world)
    {
        using var load = new ImportLoad(world, client);
        var (acknowledged, seen) = (world.Acknowledged, world.Seen);
        await load.WaitUntilAsync(() => world.Acknowledged > acknowledged && world.Seen > seen);
        disk.Fill();
        await load.Rows.WaitAsync(Patience, Token);
        await load.StopAsync();
        await world.CheckRowsAsync(client);
        disk.MakeRoom();
        await WaitUntilReadyAsync(client);
        await world.CompleteRowsAsync(client);
        await world.CompleteFilesAsync(client);
        await world.WaitForVectorsAsync(disk.Path);
    }

    private static async Task WaitUntilReadyAsync(HttpClient client)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(20, Token))
        {
            if (await client.CodeAsync(HttpMethod.Get, "/health/ready") == "200")
                return;
        }

        Assert.Fail("The server is not ready although there is room.");
    }
}
