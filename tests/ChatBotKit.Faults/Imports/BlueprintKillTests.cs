using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Faults.Imports;

/// <summary>
/// The server is repeatedly killed with SIGKILL while blueprints are imported. Each blueprint has all of its resources or does not exist,
/// and those that were acknowledged exist.
/// </summary>
public sealed class BlueprintKillTests : IAsyncLifetime
{
    private const string Secret = "sk-owner-secret-of-the-blueprint-run";
    private const int Bots = 40;
    private const int Writers = 3;

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-blueprint-").FullName;
    private readonly ConcurrentDictionary<string, bool> _imports = new(StringComparer.Ordinal);
    private int _acknowledged;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync() => await StoreSettings.DeleteAsync(_directory);

    [Fact]
    public async Task Kill_AtAnyMomentOfAnImport_LeavesAllOfItOrNothing()
    {
        var seed = Form.Seed ?? Random.Shared.Next();
        Form.Report($"CHATBOTKIT_SEED={seed}");
        var random = new Random(seed);
        var settings = await StoreSettings.OfAsync(_directory);
        settings["CHATBOTKIT_API_SECRET"] = Secret;
        for (var kills = 0; kills < Form.Pick(4, 100); kills++)
        {
            await using var server = await ServerRun.StartAsync(settings, Token);
            using var client = ServerFactory.ClientOf(server.Address, Secret);
            await CheckAsync(client);
            await LoadAndKillAsync(server, client, random);
        }

        await using var last = await ServerRun.StartAsync(settings, Token);
        using var owner = ServerFactory.ClientOf(last.Address, Secret);
        await CheckAsync(owner);
        Form.Report($"{_imports.Count} imports, {_acknowledged} acknowledged");
        Assert.True(_acknowledged > 0, "The load was not what it should be.");
        await last.KillAsync();
    }

    private async Task LoadAndKillAsync(ServerRun server, HttpClient client, Random random)
    {
        var some = new SemaphoreSlim(0);
        var writing = Enumerable.Range(0, Writers).Select(_ => WriteAsync(client, some)).ToList();
        for (var count = random.Next(1, 6); count > 0; count--)
            await some.WaitAsync(Token);
        await Task.Delay(TimeSpan.FromMicroseconds(random.Next(50_000)), Token);
        await server.KillAsync();
        await Task.WhenAll(writing);
    }

    /// <summary>Imports one blueprint after another until the server is gone.</summary>
    private async Task WriteAsync(HttpClient client, SemaphoreSlim some)
    {
        while (true)
        {
            var alias = $"b{Guid.NewGuid():N}";
            _imports[alias] = false;
            try
            {
                using var answer = await client.SendAsync(HttpMethod.Post, $"blueprint/@{alias}/resource/import", BodyOf(alias));
                await answer.AssertOkAsync();
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                return;
            }

            _imports[alias] = true;
            Interlocked.Increment(ref _acknowledged);
            some.Release();
        }
    }

    private static string BodyOf(string alias)
    {
        var bots = Enumerable.Range(0, Bots).Select(number => new JsonObject
        {
            ["name"] = $"{number}",
            ["alias"] = $"{alias}-{number}",
            ["datasetId"] = "docs",
        });
        return new JsonObject
        {
            ["ensure"] = true,
            ["resources"] = new JsonObject
            {
                ["bot"] = new JsonArray([.. bots]),
                ["space"] = new JsonArray(new JsonObject { ["$files"] = new JsonArray(new JsonObject { ["path"] = "a.txt", ["content"] = alias }) }),
                ["dataset"] = new JsonArray(new JsonObject { ["id"] = "docs" }),
            },
        }.ToJsonString();
    }

    private async Task CheckAsync(HttpClient client)
    {
        foreach (var (alias, isAcknowledged) in _imports)
        {
            using var answer = await client.SendAsync(HttpMethod.Get, $"blueprint/@{alias}/resource/list");
            if (!isAcknowledged && await answer.CodeAsync() == "404 NOT_FOUND")
                continue;
            var resources = (await answer.ReadAsync()).GetProperty("resources");
            Assert.Equal(
                (Bots, 1, 1), (Count(resources, "bot"), Count(resources, "space"), Count(resources, "dataset")));
            var space = resources.GetProperty("space")[0].Id();
            Assert.Equal(alias, await client.ReadTextAsync($"space/{space}/storage/download/a.txt", "application/octet-stream"));
        }

        var bots = await client.ReadTextAsync("bot/list", "application/jsonl");
        Assert.All(
            bots.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.NotEqual(JsonValueKind.Null, JsonElement.Parse(line).GetProperty("data").GetProperty("blueprintId").ValueKind));
    }

    private static int Count(JsonElement resources, string category) => resources.GetProperty(category).GetArrayLength();
}
