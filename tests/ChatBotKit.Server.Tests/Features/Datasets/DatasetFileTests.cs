using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Datasets.Files;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The files that are attached to datasets.</summary>
public sealed class DatasetFileTests : IAsyncLifetime
{
    private FeatureServer _server = null!;
    private string _dataset = null!;
    private string _file = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync();
        _dataset = await _server.CreateDatasetAsync("""{"alias":"manual"}""");
        _file = ApiJson.Id(await _server.PostAsync("file/create", """{"name":"a.pdf","meta":{"source":"docs/a.pdf"}}"""));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task AttachedFiles_AreListed_UntilTheyAreDetached()
    {
        var other = ApiJson.Id(await _server.PostAsync("file/create", """{"alias":"price-list"}"""));
        Assert.Equal(_file, ApiJson.Id(await AttachAsync(_file)));
        Assert.Equal(_file, ApiJson.Id(await AttachAsync(_file, """{"type":"source"}""")));
        Assert.Equal(other, ApiJson.Id(await AttachAsync("@price-list")));

        var items = (await _server.GetAsync("dataset/@manual/file/list")).Items().ToDictionary(item => item.Id());

        Assert.Equal(new[] { _file, other }.Order(StringComparer.Ordinal), items.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("a.pdf", "docs/a.pdf"), (items[_file].Text("name"), items[_file].GetProperty("meta").Text("source")));
        Assert.Equal([_file], (await _server.GetAsync($"dataset/{_dataset}/file/list?meta.source=docs/a.pdf")).Ids());
        await _server.PostAsync($"dataset/{_dataset}/file/{_file}/detach", "{}");
        Assert.Equal([other], (await _server.GetAsync($"dataset/{_dataset}/file/list")).Ids());
        await _server.PostAsync($"file/{other}/delete", "{}");
        Assert.Empty((await _server.GetAsync($"dataset/{_dataset}/file/list")).Ids());
        Assert.Empty((await _server.GetAsync($"dataset/{await _server.CreateDatasetAsync()}/file/list")).Ids());
    }

    [Fact]
    public async Task UnknownThings_AreRefused()
    {
        using var stranger = await _server.StrangerAsync();
        var foreign = ApiJson.Id(await stranger.ReadAsync(HttpMethod.Post, "file/create", """{"visibility":"public"}"""));

        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: File not found", HttpMethod.Post, $"dataset/{_dataset}/file/{foreign}/attach", "{}");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: File not found", HttpMethod.Post, $"dataset/{_dataset}/file/unknown/detach", "{}");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: Dataset not found", HttpMethod.Post, $"dataset/unknown/file/{_file}/attach", "{}");
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: \"type\" must be source", HttpMethod.Post, $"dataset/{_dataset}/file/{_file}/attach", """{"type":"other"}""");
        await stranger.AssertRefusedAsync("404 NOT_FOUND: Dataset not found", HttpMethod.Get, $"dataset/{_dataset}/file/list");
    }

    [Fact]
    public async Task Detach_DeletesTheRecordsOfTheFile_WhenItIsToldTo()
    {
        var own = await _server.CreateRecordAsync(_dataset, "a tulip", FileRecords.SourceOf(_file));
        var other = await _server.CreateRecordAsync(_dataset, "another tulip", "https://shop.example");
        await AttachAsync(_file);

        await _server.PostAsync($"dataset/{_dataset}/file/{_file}/detach", "{}");
        Assert.Equal(2, (await _server.SearchAsync(_dataset, "tulip")).Count);
        await AttachAsync(_file);
        await _server.PostAsync($"dataset/{_dataset}/file/{_file}/detach", """{"deleteRecords":true}""");

        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"dataset/{_dataset}/record/{own}/fetch");
        Assert.Equal([other], await _server.SearchIdsAsync(_dataset, "tulip"));
    }

    [Fact]
    public async Task Detach_DeletesManyRecordsInPieces_AndNoneThatIsStoredAfterwards()
    {
        var count = (2 * FileRecords.BatchSize) + 1;
        await _server.AddRecordsAsync(_dataset, Enumerable.Range(0, count).Select(number => ($"r{number}", "text", (string?)null)));
        await _server.Server.Store.ExecuteAsync("""UPDATE "Records" SET "Source" = $1""", FileRecords.SourceOf(_file));

        await _server.PostAsync($"dataset/{_dataset}/file/{_file}/detach", """{"deleteRecords":true}""");
        var later = await _server.CreateRecordAsync(_dataset, "later", FileRecords.SourceOf(_file));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await _server.Server.Store.CountAsync(DueWorkTable.Rows, """WHERE "Kind" = $1""", FileRecordRemovalWork.RemovalKind) > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal([later], (await _server.GetAsync($"dataset/{_dataset}/record/list")).Ids());
    }

    private Task<System.Text.Json.JsonElement> AttachAsync(string file, string body = "{}") =>
        _server.PostAsync($"dataset/{_dataset}/file/{file}/attach", body);
}
