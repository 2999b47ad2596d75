using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.EndToEnd.Tests;

/// <summary>Datasets and their records, with the SDK against the server.</summary>
public sealed class DatasetTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private ChatBotKitApi _api = null!;
    private string _dataset = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync();
        _api = new ChatBotKitApi(new ChatBotKitClientOptions { Secret = ServerFactory.OwnerSecret, BaseUrl = _server.Address });
        _dataset = (await _api.Dataset.CreateAsync(new DatasetCreateRequest { Name = "Manual" }, Token)).Id;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Record_IsCreatedUpdatedListedExportedAndDeleted()
    {
        var records = _api.Dataset.Record;
        var request = new RecordCreateRequest { Text = "Wash at 40 °C.", Source = "care.md", Meta = new JsonObject { ["page"] = 1 } };
        var id = (await records.CreateAsync(_dataset, request, Token)).Id;
        for (var number = 0; number < 120; number++)
            await records.CreateAsync(_dataset, new RecordCreateRequest { Text = $"Page {number}" }, Token);

        await records.UpdateAsync(_dataset, id, new RecordUpdateRequest { Text = "Wash at 30 °C." }, Token);

        var record = await records.FetchAsync(_dataset, id, Token);
        Assert.Equal((id, "Wash at 30 °C.", "care.md", 1), (record.Id, record.Text, record.Source, (int)record.Meta!["page"]!));
        Assert.Equal(100, (await records.ListAsync(_dataset, cancellationToken: Token)).Items.Count);
        Assert.Equal(121, (await records.ListAsync(_dataset, cancellationToken: Token).ToListAsync(Token)).Select(item => item.Id).Distinct().Count());
        Assert.Equal(5, (await records.ExportAsync(_dataset, new ListRequest { Take = 5 }, Token).ToListAsync(Token)).Count);
        using var table = new MemoryStream();
        await records.ExportCsvAsync(_dataset, table, cancellationToken: Token);
        Assert.Contains($"\"{id}\",\"Wash at 30 °C.\",\"care.md\"", Encoding.UTF8.GetString(table.ToArray()), StringComparison.Ordinal);
        Assert.Equal(id, (await records.DeleteAsync(_dataset, id, Token)).Id);
        var refused = await Assert.ThrowsAsync<ChatBotKitException>(() => records.FetchAsync(_dataset, id, Token));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Import_OfRows_StoresThemAndReportsTheBadOnes()
    {
        static async IAsyncEnumerable<RecordImportRow> RowsAsync()
        {
            for (var number = 0; number < 500; number++)
            {
                yield return new RecordImportRow { Text = number == 7 ? " " : $"Page {number}", Id = $"page-{number}", Meta = new JsonObject { ["page"] = number } };
                await Task.Yield();
            }
        }

        var result = await _api.Dataset.Record.ImportAsync(_dataset, RowsAsync(), Token);

        Assert.Equal((_dataset, 499, 499, 1), (result.Id, result.Imported, result.Changed, result.Failed));
        Assert.Equal((8, "\"text\" may not be empty"), (result.Errors.Single().Line, result.Errors.Single().Message));
        var progress = await _api.Dataset.Record.ImportAsync(_dataset, RowsAsync(), Token).ToListAsync(Token);
        Assert.Equal(8, progress.Single(item => item.Type == RecordImportEventType.Failed).Line);
        Assert.Equal((RecordImportEventType.Result, 499, 0, 1), (progress[^1].Type, progress[^1].Imported, progress[^1].Changed, progress[^1].Failed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Import_OfAStream_LeavesItOpen(bool canSeek)
    {
        await using var table = new MemoryStream(Encoding.UTF8.GetBytes("-text,source\r\nWash at 40 °C.,care.md\r\n")) { Position = 1 };
        await using Stream content = canSeek ? table : new GZipStream(await ZipAsync(table), CompressionMode.Decompress);

        var result = await _api.Dataset.Record.ImportAsync(_dataset, content, "text/csv", Token);

        Assert.Equal(1, result.Imported);
        Assert.True(content.CanRead);
        Assert.Equal("care.md", (await _api.Dataset.Record.ListAsync(_dataset, cancellationToken: Token)).Items.Single().Source);
    }

    [Fact]
    public async Task Import_IntoNoDataset_IsNotFound()
    {
        using var rows = new MemoryStream("""{"text":"a"}"""u8.ToArray());

        var refused = await Assert.ThrowsAsync<ChatBotKitException>(() => _api.Dataset.Record.ImportAsync("none", rows, cancellationToken: Token).AsTask(Token));

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    private static async Task<MemoryStream> ZipAsync(Stream content)
    {
        var zipped = new MemoryStream();
        await using (var zip = new GZipStream(zipped, CompressionMode.Compress, leaveOpen: true))
            await content.CopyToAsync(zip, Token);
        zipped.Position = 0;
        return zipped;
    }

    [Fact]
    public async Task Search_FindsARecordAsSoonAsItIsStored()
    {
        var request = new RecordCreateRequest { Text = "Orchids need water once a week.", Meta = new JsonObject { ["page"] = 4 } };
        var id = (await _api.Dataset.Record.CreateAsync(_dataset, request, Token)).Id;

        var found = await _api.Dataset.SearchAsync(
            _dataset, new DatasetSearchRequest { Search = "water", Filter = new JsonObject { ["page"] = new JsonObject { ["$gt"] = 3 } } }, Token);

        var match = Assert.Single(found.Records);
        Assert.Equal((_dataset, id, request.Text, 4), (found.Id, match.Id, match.Text, (int)match.Meta!["page"]!));
        Assert.InRange(match.Score, 0.1, 1);
    }

    [Fact]
    public async Task File_IsAttachedListedAndDetached()
    {
        var file = (await _api.File.CreateAsync(new FileCreateRequest { Name = "Manual" }, Token)).Id;

        Assert.Equal(file, (await _api.Dataset.File.AttachAsync(_dataset, file, cancellationToken: Token)).Id);
        Assert.Equal("Manual", Assert.Single((await _api.Dataset.File.ListAsync(_dataset, cancellationToken: Token)).Items).Name);
        await _api.Dataset.File.DetachAsync(_dataset, file, new DatasetFileDetachRequest { DeleteRecords = true }, Token);
        Assert.Empty((await _api.Dataset.File.ListAsync(_dataset, cancellationToken: Token)).Items);
    }
}
