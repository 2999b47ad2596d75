using ChatBotKit.Server.Hosting;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Tests.Hosting;

/// <summary><c>--check-database</c>: the index of references follows the documents.</summary>
public sealed class DatabaseCheckTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-check-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

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
        Change("DELETE FROM ResourceLinks");

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
        Change($"INSERT INTO ResourceLinks SELECT Id, Field, '{bot}' FROM Resources, ResourceLinks WHERE Kind = 'dataset' LIMIT 1");

        var (code, output) = await CheckAsync();

        Assert.Equal(1, code);
        Assert.Contains("which the document does not hold", output, StringComparison.Ordinal);
        Assert.Equal(0, (await CheckAsync()).Code);
    }

    [Fact]
    public async Task LinkToNothing_IsTold()
    {
        var (bot, dataset) = await MakeBotAsync();
        Change($"DELETE FROM ResourceLinks; DELETE FROM Resources WHERE Id = '{dataset}'");

        var (code, output) = await CheckAsync();

        Assert.Equal(1, code);
        Assert.Contains($"bot {bot}: the document holds", output, StringComparison.Ordinal);
        Assert.Contains("which does not exist", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunningServer_IsNotDisturbed()
    {
        await using var app = await ServerFactory.StartInAsync(_directory);

        Assert.Equal(1, (await CheckAsync()).Code);
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

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_directory, "chatbotkit.db")};Pooling=False;Foreign Keys=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task<(int Code, string Output)> CheckAsync()
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await ServerProgram.RunAsync(["--check-database", $"--CHATBOTKIT_DATA_DIR={_directory}"], output, errors);
        return (code, $"{output}{errors}");
    }
}
