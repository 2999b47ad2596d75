using System.Diagnostics;
using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;

namespace ChatBotKit.Faults.Imports;

/// <summary>
/// The server is repeatedly killed with SIGKILL while rows and a file are imported and their vectors are computed. Nothing acknowledged
/// may be lost, no part of a file may be seen, and everything goes on.
/// </summary>
public sealed class ImportKillTests : IAsyncLifetime
{
    /// <summary>No kill begins after this time, so that a slow machine checks less instead of running longer.</summary>
    private static readonly TimeSpan TimeLimit = Form.Pick(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(20));

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-import-").FullName;
    private EmbeddingServer _model = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _model = await EmbeddingServer.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await StoreSettings.DeleteAsync(_directory);
    }

    [Fact]
    public async Task Kill_AtAnyMomentOfAnImport_LosesNothing_AndShowsNoPartOfAFile()
    {
        var seed = Form.Seed ?? Random.Shared.Next();
        Form.Report($"CHATBOTKIT_SEED={seed}");
        var (random, watch, kills) = (new Random(seed), Stopwatch.StartNew(), 0);
        var settings = await SettingsAsync();
        ImportWorld? world = null;
        for (; kills < Form.Pick(6, 200) && (kills == 0 || watch.Elapsed < TimeLimit); kills++)
        {
            await using var server = await ServerRun.StartAsync(settings, Token);
            using var client = ServerFactory.ClientOf(server.Address, ImportWorld.Secret);
            world ??= await ImportWorld.CreateAsync(client);
            await world.CheckRowsAsync(client);
            await LoadAndKillAsync(server, client, world, random);
        }

        await using var last = await ServerRun.StartAsync(settings, Token);
        using var owner = ServerFactory.ClientOf(last.Address, ImportWorld.Secret);
        await world!.CheckRowsAsync(owner);
        await world.CompleteRowsAsync(owner);
        await world.CompleteFilesAsync(owner);
        await world.WaitForVectorsAsync(_directory);
        Form.Report($"{kills} kills, {world.Acknowledged} rows acknowledged, {world.Imports} imports of the file, {world.Seen} looks at it");
        Assert.True(world.Acknowledged > 0 && world.Seen > 0, "The load was not what it should be.");
        await last.KillAsync();
    }

    private static async Task LoadAndKillAsync(ServerRun server, HttpClient client, ImportWorld world, Random random)
    {
        using var load = new ImportLoad(world, client);
        var seen = world.Seen + random.Next(1, 60);
        await load.WaitUntilAsync(() => world.Seen >= seen);
        await Task.Delay(TimeSpan.FromMicroseconds(random.Next(100_000)), Token);
        await server.KillAsync();
        await load.StopAsync();
    }

    private async Task<Dictionary<string, string>> SettingsAsync()
    {
        var settings = await StoreSettings.OfAsync(_directory);
        foreach (var (name, value) in ImportWorld.SettingsOf(_model))
            settings[name] = value;
        return settings;
    }
}
