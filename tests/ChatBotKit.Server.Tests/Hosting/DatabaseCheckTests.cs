using ChatBotKit.Server.Hosting;

namespace ChatBotKit.Server.Tests.Hosting;

/// <summary><c>--check-database</c>: the index of references follows the documents.</summary>
public sealed class DatabaseCheckTests : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-check-").FullName;

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(_directory);
    }

    [Fact]
    public async Task SoundDatabase_HasNoFindings()
    {
        await MakeBotAsync();

        var (code, output) = await CheckAsync();

        Assert.Equal(0, code);
        Assert.Contains("nothing is wrong", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinkThatIsMissing_IsToldAndMended()
    {
        var (bot, dataset) = await MakeBotAsync();
        await ChangeAsync("""DELETE FROM "ResourceLinks" """);

        var (code, output) = await CheckAsync();

        Assert.Equal(1, code);
        Assert.Contains($"bot {bot}: the index lacks", output, StringComparison.Ordinal);
        Assert.Contains(dataset, output, StringComparison.Ordinal);
        Assert.Equal(0, (await CheckAsync()).Code);
        Assert.Equal([bot], await BotsWithDatasetAsync(dataset));
    }

    [Fact]
    public async Task LinkThatNoDocumentHolds_IsToldAndMended()
    {
        var (bot, _) = await MakeBotAsync();
        await ChangeAsync($"""
            INSERT INTO "ResourceLinks" SELECT "Id", "Field", '{bot}' FROM "Resources", "ResourceLinks" WHERE "Kind" = 'dataset' LIMIT 1
            """);

        var (code, output) = await CheckAsync();

        Assert.Equal(1, code);
        Assert.Contains("which the document does not hold", output, StringComparison.Ordinal);
        Assert.Equal(0, (await CheckAsync()).Code);
    }

    [Fact]
    public async Task LinkToNothing_IsTold()
    {
        var (bot, dataset) = await MakeBotAsync();
        await ChangeAsync($"""DELETE FROM "ResourceLinks"; DELETE FROM "Resources" WHERE "Id" = '{dataset}'""");

        var (code, output) = await CheckAsync();

        Assert.Equal(1, code);
        Assert.Contains($"bot {bot}: the document holds", output, StringComparison.Ordinal);
        Assert.Contains("which does not exist", output, StringComparison.Ordinal);
    }

    /// <summary>Two programs may use a PostgreSQL database at the same time, but not a file.</summary>
    [Fact]
    public async Task RunningServer_IsNotDisturbed()
    {
        await using var app = await ServerFactory.StartInAsync(_directory);

        Assert.Equal(TestStore.IsPostgres ? 0 : 1, (await CheckAsync()).Code);

        using var api = ServerFactory.ClientOf(app);
        await api.ReadAsync(HttpMethod.Post, "dataset/create", new { name = "Facts" });
    }

    private async Task<(string Bot, string Dataset)> MakeBotAsync()
    {
        await using var app = await ServerFactory.StartInAsync(_directory);
        using var api = ServerFactory.ClientOf(app);
        var dataset = ApiJson.Id(await api.ReadAsync(HttpMethod.Post, "dataset/create", new { name = "Facts" }));
        return (ApiJson.Id(await api.ReadAsync(HttpMethod.Post, "bot/create", new { name = "Guide", datasetId = dataset })), dataset);
    }

    private async Task<IReadOnlyList<string>> BotsWithDatasetAsync(string dataset)
    {
        await using var app = await ServerFactory.StartInAsync(_directory);
        using var api = ServerFactory.ClientOf(app);
        return (await api.ReadAsync(HttpMethod.Get, $"bot/list?datasetId={dataset}")).Ids();
    }

    private Task ChangeAsync(string sql) => TestStore.ChangeAsync(_directory, sql);

    private async Task<(int Code, string Output)> CheckAsync()
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await ServerProgram.RunAsync(["--check-database", .. await TestStore.ArgumentsOfAsync(_directory)], output, errors);
        return (code, $"{output}{errors}");
    }
}
