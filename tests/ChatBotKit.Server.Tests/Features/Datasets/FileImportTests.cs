using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Datasets.Files;
using ChatBotKit.Server.Knowledge;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The import of files into datasets.</summary>
public sealed class FileImportTests : IAsyncLifetime
{
    private const string Manual = "# Orchids\n\nOrchids bloom for two months.\n\n# Roses\n\nRoses like the sun.";

    private FeatureServer _server = null!;
    private string _dataset = null!;
    private string _file = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync();
        _dataset = await _server.CreateDatasetAsync("""{"recordMaxTokens":12}""");
        _file = await _server.CreateFileAsync("""{"name":"manual.md"}""");
        await _server.PostAsync($"dataset/{_dataset}/file/{_file}/attach", "{}");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task File_BecomesRecords_WithTheirTitleAndSource()
    {
        Assert.Equal("attached", (await FetchAsync()).Text("state"));
        await _server.Owner.UploadTextAsync(_file, Manual);

        Assert.Equal(_file, ApiJson.Id(await SyncAsync()));
        var imported = await WaitAsync();

        Assert.Equal(("imported", 2, _file), (imported.Text("state"), imported.GetProperty("records").GetInt32(), imported.Id()));
        Assert.True(imported.GetProperty("importedAt").GetInt64() > 0);
        var found = Assert.Single(await _server.SearchAsync(_dataset, "How long do orchids bloom?"));
        Assert.Equal("Orchids bloom for two months.", found.Text("text"));
        Assert.Equal(($"file:///{_file}", "manual.md › Orchids"), (found.Text("source"), found.GetProperty("meta").Text("title")));
        Assert.StartsWith($"{_dataset}-", found.Id(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewContent_ReplacesTheRecords_AndLeavesNoneBehind()
    {
        var own = await _server.CreateRecordAsync(_dataset, "own", $"file:///{_file}");
        await _server.Owner.UploadTextAsync(_file, Manual);
        await SyncAsync();
        await WaitAsync();
        var before = await RecordsAsync();

        await _server.Owner.UploadTextAsync(_file, "# Orchids\n\nOrchids bloom for two months.");
        await _server.PostAsync($"file/{_file}/sync", "{}");
        Assert.Equal(1, (await WaitAsync()).GetProperty("records").GetInt32());

        var after = await RecordsAsync();
        Assert.Equal(3, before.Count);
        Assert.Equal(2, after.Count);
        Assert.Contains(own, after.Keys);
        var kept = after.Single(record => record.Key != own);
        Assert.Equal(before[kept.Key].GetRawText(), kept.Value.GetRawText());
        Assert.Empty(await _server.SearchAsync(_dataset, "roses"));
    }

    [Fact]
    public async Task FileThatCannotBeRead_SaysWhy_AndItsEarlierRecordsRemain()
    {
        await _server.Owner.UploadTextAsync(_file, Manual);
        await SyncAsync();
        await WaitAsync();
        using var archive = new ByteArrayContent([1, 2, 3, 0, 0, 0, 255, 254]);
        archive.Headers.ContentType = new("application/x-unknown");
        using var uploaded = await _server.Owner.SendAsync(HttpMethod.Post, $"file/{_file}/upload", archive);

        await SyncAsync();
        var failed = await WaitAsync();

        Assert.Equal(("failed", 2), (failed.Text("state"), failed.GetProperty("records").GetInt32()));
        Assert.NotEmpty(failed.Text("error")!);
        Assert.Equal(2, (await RecordsAsync()).Count);
        await _server.Owner.UploadTextAsync(_file, "Tulips come from Turkey.");
        await SyncAsync();
        var again = await WaitAsync();
        Assert.Equal(("imported", JsonValueKind.Null), (again.Text("state"), again.GetProperty("error").ValueKind));
    }

    [Fact]
    public async Task Sync_WithoutContentOrAttachment_IsRefused()
    {
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: The file has no content yet", HttpMethod.Post, $"dataset/{_dataset}/file/{_file}/sync", "{}");
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: The file has no content yet", HttpMethod.Post, $"file/{_file}/sync", "{}");
        await _server.PostAsync($"dataset/{_dataset}/file/{_file}/detach", "{}");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"dataset/{_dataset}/file/{_file}/sync", "{}");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"dataset/{_dataset}/file/{_file}/fetch");
    }

    [Fact]
    public async Task ImportThatIsInterrupted_IsDoneAgain_WithTheSameRecords()
    {
        await _server.Owner.UploadTextAsync(_file, "not read");
        var texts = Enumerable.Range(0, 120).Select(number => $"Text number {number} about orchids and roses.").ToList();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reader = new Documents(() => [.. texts.Select(text => new TextBlock(TextBlockKind.Paragraph, text))]);
        var work = await WorkAsync(reader);
        reader.OnRead = stop.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.Handler.WorkAsync(work.Item, stop.Token));
        reader.OnRead = null;

        await EndAsync(await work.Handler.WorkAsync(work.Item, Token));
        var first = await RecordsAsync();
        await EndAsync(await work.Handler.WorkAsync(work.Item, Token));

        Assert.Equal(texts.Count, first.Count);
        Assert.Equal(first.Keys, (await RecordsAsync()).Keys);
        Assert.Equal(("imported", texts.Count), ((await FetchAsync()).Text("state"), (await FetchAsync()).GetProperty("records").GetInt32()));
    }

    [Fact]
    public async Task RecordsOfAnImport_AreSeenAllAtOnce_AndTheEarlierOnesUntilThen()
    {
        await _server.Owner.UploadTextAsync(_file, Manual);
        await SyncAsync();
        await WaitAsync();
        var earlier = await RecordsAsync();
        await _server.Owner.UploadTextAsync(_file, "not read");
        var work = await WorkAsync(new Documents(() => [.. Enumerable.Range(0, 120).Select(number => new TextBlock(TextBlockKind.Record, $"Tulip {number}"))]));

        var result = await work.Handler.WorkAsync(work.Item, Token);

        Assert.Equal(earlier.Values.Select(record => record.GetRawText()), (await RecordsAsync()).Values.Select(record => record.GetRawText()));
        Assert.Single(await _server.SearchAsync(_dataset, "orchids"));
        Assert.Empty(await _server.SearchAsync(_dataset, "tulip"));
        await EndAsync(result);
        Assert.Equal(
            Enumerable.Range(0, 120).Select(number => $"Tulip {number}").Order(StringComparer.Ordinal),
            (await RecordsAsync()).Values.Select(record => record.Text("text")).Order(StringComparer.Ordinal));
        Assert.Empty(await _server.SearchAsync(_dataset, "orchids"));
        Assert.NotEmpty(await _server.SearchAsync(_dataset, "tulip"));
        await WaitUntilNothingIsStagedAsync();
    }

    /// <summary>An attempt that was killed leaves rows behind. None of them becomes a record.</summary>
    [Fact]
    public async Task AttemptThatWasKilled_LeavesNothingBehind()
    {
        await _server.Owner.UploadTextAsync(_file, "not read");
        var lines = new List<string> { "Orchids.", "Roses." };
        var work = await WorkAsync(new Documents(() => [.. lines.Select(line => new TextBlock(TextBlockKind.Record, line))]));
        await work.Handler.WorkAsync(work.Item, Token);
        lines.RemoveAt(1);

        await EndAsync(await work.Handler.WorkAsync(work.Item, Token));

        Assert.Equal("Orchids.", Assert.Single(await RecordsAsync()).Value.Text("text"));
        await work.Handler.WorkAsync(work.Item, Token);
        await EndAsync(work.Handler.GiveUp(work.Item)!);
        await WaitUntilNothingIsStagedAsync();
        await work.Handler.WorkAsync(work.Item, Token);
        await _server.PostAsync($"dataset/{_dataset}/file/{_file}/detach", "{}");
        Assert.Equal(0, await _server.Server.Store.CountAsync(StagedRecordTable.Rows));
    }

    [Fact]
    public async Task FileWithTooManyRecords_IsRefused()
    {
        await _server.Owner.UploadTextAsync(_file, "not read");
        var row = new TextBlock(TextBlockKind.Record, "Orchids.");
        var work = await WorkAsync(new Documents(() => [.. Enumerable.Repeat(row, FileImportWork.MaxRecords + 1)]));

        await EndAsync(await work.Handler.WorkAsync(work.Item, Token));

        var failed = await FetchAsync();
        Assert.Equal(("failed", "The file has more than 100000 records; set a larger \"recordMaxTokens\""), (failed.Text("state"), failed.Text("error")));
        Assert.Empty(await RecordsAsync());
    }

    [Fact]
    public async Task FileThatIsDetachedDuringItsImport_GetsNoRecords()
    {
        await _server.Owner.UploadTextAsync(_file, "not read");
        var reader = new Documents(() =>
        {
            _server.PostAsync($"dataset/{_dataset}/file/{_file}/detach", """{"deleteRecords":true}""").Wait(Token);
            return [new TextBlock(TextBlockKind.Paragraph, "Too late.")];
        });
        var work = await WorkAsync(reader);

        await EndAsync(await work.Handler.WorkAsync(work.Item, Token));

        Assert.Empty(await RecordsAsync());
    }

    [Fact]
    public async Task LastAttemptThatFails_IsToldToTheOwner()
    {
        await _server.Owner.UploadTextAsync(_file, "not read");
        var work = await WorkAsync(new Documents(() => throw new IOException("The disk is full")));
        await Assert.ThrowsAsync<IOException>(() => work.Handler.WorkAsync(work.Item, Token));

        await EndAsync(work.Handler.GiveUp(work.Item)!);

        var failed = await FetchAsync();
        Assert.Equal(("failed", "The import failed; start it again later"), (failed.Text("state"), failed.Text("error")));
    }

    private async Task<(IDueWorkHandler Handler, DueWorkItem Item)> WorkAsync(IFileReader reader)
    {
        var content = (await _server.Server.Store.QueryAsync(db => db.FindContentAsync(_file, ContentRow.OfFile), Token))!;
        var handler = ActivatorUtilities.CreateInstance<FileImportWork>(_server.Server.App.Services, reader);
        var now = TimeProvider.System.GetUtcNow();
        var row = DueWorkRow.New(FileImportWork.ImportKind, $"{_dataset}.{_file}.{content.Id}", now, now);
        return (handler, new DueWorkItem(row with { Attempt = 1 }));
    }

    private Task<bool> EndAsync(DueWorkResult result) => _server.Server.Store.ChangeAsync(
        async db =>
        {
            if (result.Effect is { } effect)
                await effect(db);
            return true;
        },
        Token);

    private async Task WaitUntilNothingIsStagedAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (await _server.Server.Store.CountAsync(StagedRecordTable.Rows) > 0)
            await Task.Delay(5, limit.Token);
    }

    private Task<JsonElement> SyncAsync() => _server.PostAsync($"dataset/{_dataset}/file/{_file}/sync", "{}");

    private Task<JsonElement> FetchAsync() => _server.GetAsync($"dataset/{_dataset}/file/{_file}/fetch");

    private async Task<JsonElement> WaitAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            var item = await FetchAsync();
            if (item.Text("state") is "imported" or "failed")
                return item;
            await Task.Delay(5, limit.Token);
        }
    }

    private async Task<Dictionary<string, JsonElement>> RecordsAsync()
    {
        var items = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        for (var cursor = ""; ;)
        {
            var page = await _server.GetAsync($"dataset/{_dataset}/record/list?take=100{cursor}");
            foreach (var item in page.Items())
                items.Add(item.Id(), item);
            if (page.Items().Count() < 100)
                return items;
            cursor = $"&cursor={page.Text("cursor")}";
        }
    }

    private sealed class Documents(Func<IReadOnlyList<TextBlock>> read) : IFileReader
    {
        public Action? OnRead { get; set; }

        public Task<ExtractedText> ReadAsync(Stream bytes, string? contentType, string? fileName, CancellationToken cancellationToken)
        {
            var blocks = read();
            OnRead?.Invoke();
            return Task.FromResult(new ExtractedText(blocks, Refusal: null));
        }
    }
}
