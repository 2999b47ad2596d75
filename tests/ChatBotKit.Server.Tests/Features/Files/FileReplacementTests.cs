using System.Net.Http.Headers;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Uploads;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Contents that replace others, and what remains of them.</summary>
public sealed class FileReplacementTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private FeatureServer _server = null!;
    private string _file = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(_time);
        _file = await _server.CreateFileAsync();
        await _server.Owner.UploadTextAsync(_file, "old content");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task NewContent_TakesThePlaceOfTheOld_WhoseBytesGo()
    {
        await _server.PostAsync($"file/{_file}/upload", """{"file":"data:text/csv,new"}""");

        Assert.Equal("new", await _server.DownloadAsync(_file));
        Assert.Equal("text/csv", (await _server.GetAsync($"file/{_file}/fetch")).GetProperty("meta").Text("contentType"));
        await WaitForTheReplacedAsync();
        Assert.Equal(1, await _server.Server.Store.CountAsync(ContentTable.Rows));
    }

    [Fact]
    public async Task AnnouncedContent_ReplacesTheOld_WhenItsBytesAreThere()
    {
        var announced = await _server.AnnounceAsync(_file, 3, "text/csv");
        Assert.Equal("old content", await _server.DownloadAsync(_file));
        Assert.Equal("text/plain", (await _server.GetAsync($"file/{_file}/fetch")).GetProperty("meta").Text("contentType"));

        Assert.Equal("413 CONTENT_TOO_LARGE", await _server.PutAsync(announced, "longer"));
        Assert.Equal("old content", await _server.DownloadAsync(_file));

        Assert.Equal("200", await _server.PutAsync(announced, "new"));
        Assert.Equal("new", await _server.DownloadAsync(_file));
        Assert.Equal("text/csv", (await _server.GetAsync($"file/{_file}/fetch")).GetProperty("meta").Text("contentType"));
        Assert.Equal("409 CONFLICT", await _server.PutAsync(announced, "New"));
        await WaitForTheReplacedAsync();
    }

    [Fact]
    public async Task AnnouncedContents_SideBySide_AreStoredInTheOrderOfTheirBytes()
    {
        var (first, second) = (await _server.AnnounceAsync(_file, 10), await _server.AnnounceAsync(_file, 10));

        Assert.Equal("200", await _server.PutAsync(second, "second"));
        Assert.Equal("200", await _server.PutAsync(first, "first"));

        Assert.Equal("first", await _server.DownloadAsync(_file));
        Assert.Equal("404 NOT_FOUND", await _server.PutAsync(second, "second"));
        await WaitForTheReplacedAsync();
    }

    [Fact]
    public async Task AddressOfAnUpload_IsForOneContent_AndSomeMinutes()
    {
        var announced = await _server.AnnounceAsync(_file, 10);
        var other = await _server.CreateFileAsync();
        var address = announced.UrlOf("uploadRequest");
        using var nobody = _server.Server.Client(credential: null);

        Assert.Equal("404 NOT_FOUND", await nobody.CodeAsync(HttpMethod.Put, address.Replace(_file, other, StringComparison.Ordinal), new StringContent("a")));
        Assert.Equal("401 NOT_AUTHENTICATED", await nobody.CodeAsync(HttpMethod.Put, address + "x", new StringContent("a")));
        Assert.Equal("401 NOT_AUTHENTICATED", await nobody.CodeAsync(HttpMethod.Get, address.Replace("/content", "/download", StringComparison.Ordinal)));
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("401 NOT_AUTHENTICATED", await _server.PutAsync(announced, "late"));
    }

    [Fact]
    public async Task UploadThatBreaksOff_LeavesTheOldContent()
    {
        var announced = await _server.AnnounceAsync(_file, 1000);
        foreach (var (verb, address) in ((HttpMethod, string)[])[(HttpMethod.Put, announced.UrlOf("uploadRequest")), (HttpMethod.Post, $"file/{_file}/upload")])
        {
            var body = new StreamContent(new BreakingStream());
            body.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
            await Assert.ThrowsAnyAsync<Exception>(() => _server.Owner.SendAsync(verb, address, body));
        }

        Assert.Equal("old content", await _server.DownloadAsync(_file));
        await _server.WaitForFilesAsync(1);
        Assert.Equal("200", await _server.PutAsync(announced, "new"));
    }

    [Fact]
    public async Task Reader_OfAContentThatIsReplacedAllTheTime_GetsOneOfThemWhole()
    {
        var contents = Enumerable.Range(0, 20).Select(number => new string((char)('a' + number), 20_000 + number)).ToHashSet();
        var readings = new List<string>();
        var writing = Task.Run(
            async () =>
            {
                foreach (var content in contents)
                    await _server.Owner.UploadTextAsync(_file, content);
            },
            Token);
        while (!writing.IsCompleted)
        {
            using var answer = await _server.Owner.SendAsync(HttpMethod.Get, $"file/{_file}/download");
            readings.Add(await answer.ReadTextAsync());
        }

        await writing;
        Assert.All(readings, text => Assert.True(text == "old content" || contents.Contains(text), text));
        Assert.Contains(await _server.DownloadAsync(_file), contents);
        await WaitForTheReplacedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delete_TakesTheContentAlong(bool withBlueprint)
    {
        var blueprint = ApiJson.Id(await _server.PostAsync("blueprint/create", "{}"));
        await _server.PostAsync($"file/{_file}/update", $$"""{"blueprintId":"{{blueprint}}"}""");
        var announced = await _server.AnnounceAsync(_file, 10);
        var kept = await _server.CreateFileAsync();
        await _server.Owner.UploadTextAsync(kept, "kept");

        if (withBlueprint)
            await _server.Owner.ReadAsync(HttpMethod.Post, $"blueprint/{blueprint}/delete", """{"deleteResources":true}""");
        else
            await _server.PostAsync($"file/{_file}/delete", "{}");

        await _server.WaitForFilesAsync(1);
        Assert.Equal([kept], (await _server.Server.Store.ListAsync(ContentTable.Rows)).Select(row => row.ResourceId));
        Assert.Equal("404 NOT_FOUND", await _server.PutAsync(announced, "late"));
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"file/{_file}/download");
    }

    [Fact]
    public async Task Sweep_DeletesAnnouncementsOfADay_AndKeepsContents()
    {
        await _server.AnnounceAsync(_file, 10);
        _time.Advance(TimeSpan.FromHours(23));
        await _server.Service<UploadSweep>().SweepAsync(Token);
        Assert.Equal(2, await _server.Server.Store.CountAsync(ContentTable.Rows));

        _time.Advance(TimeSpan.FromHours(2));
        await _server.Service<UploadSweep>().SweepAsync(Token);

        Assert.Equal(1, await _server.Server.Store.CountAsync(ContentTable.Rows));
        Assert.Equal("old content", await _server.DownloadAsync(_file));
    }

    /// <summary>The bytes of replaced contents remain for a minute.</summary>
    private async Task WaitForTheReplacedAsync()
    {
        Assert.InRange((await _server.FilesAsync()).Count, 2, int.MaxValue);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _server.WaitForFilesAsync(1);
    }

    /// <summary>A stream that fails after its first bytes.</summary>
    private sealed class BreakingStream : MemoryStream
    {
        private bool _isBegun;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isBegun)
                throw new IOException("The source fails.");
            _isBegun = true;
            "half"u8.CopyTo(buffer.Span);
            return new(4);
        }
    }
}
