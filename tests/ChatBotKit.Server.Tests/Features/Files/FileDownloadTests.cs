using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Who gets the content of a file, in which form.</summary>
public sealed class FileDownloadTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private FeatureServer _server = null!;
    private HttpClient _nobody = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(_time);
        _nobody = _server.Server.Client(credential: null);
    }

    public async ValueTask DisposeAsync()
    {
        _nobody.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task PrivateFile_IsForItsOwnerAlone()
    {
        var path = $"file/{await StoredAsync("""{"alias":"mine","visibility":"protected"}""")}/download";
        using var stranger = await _server.StrangerAsync();
        using var user = _server.Server.Client((await _server.Server.AddUserAsync()).Secret);
        using var session = await _server.SessionAsync(await _server.CreateConversationAsync());

        Assert.Equal("200", await _server.Owner.CodeAsync(HttpMethod.Get, path));
        Assert.Equal("401 NOT_AUTHENTICATED", await _nobody.CodeAsync(HttpMethod.Get, path));
        Assert.Equal("401 NOT_AUTHENTICATED", await _nobody.CodeAsync(HttpMethod.Get, "file/unknown/download"));
        Assert.Equal("401 NOT_AUTHENTICATED", await session.CodeAsync(HttpMethod.Get, path));
        Assert.Equal("404 NOT_FOUND", await stranger.CodeAsync(HttpMethod.Get, path));
        Assert.Equal("404 NOT_FOUND", await user.CodeAsync(HttpMethod.Get, path));
        Assert.Equal("404 NOT_FOUND", await _server.Owner.CodeAsync(HttpMethod.Get, "file/@mine/download"));
    }

    [Fact]
    public async Task PublicFile_IsForEverybody_UntilItIsPrivate()
    {
        var id = await StoredAsync("""{"visibility":"public"}""");
        var path = $"file/{id}/download";

        Assert.Equal("Hello", await _nobody.ReadTextAsync(path, "*/*"));
        var address = JsonElement.Parse(await _nobody.ReadTextAsync(path, "application/json")).Text("url")!;
        Assert.Equal("Hello", await _nobody.ReadTextAsync(address, "*/*"));
        using var session = await _server.SessionAsync(await _server.CreateConversationAsync());
        Assert.Equal("Hello", await session.ReadTextAsync(path, "*/*"));

        await _server.PostAsync($"file/{id}/update", """{"visibility":"private"}""");
        Assert.Equal("401 NOT_AUTHENTICATED", await _nobody.CodeAsync(HttpMethod.Get, path));
    }

    [Fact]
    public async Task Address_LeadsToTheBytes_ForSomeMinutes()
    {
        var id = await StoredAsync();
        var other = await StoredAsync();
        var address = JsonElement.Parse(await _server.Owner.ReadTextAsync($"file/{id}/download", "application/json; q=1, */*")).Text("url")!;

        // A client that prefers JSON everywhere gets the bytes too.
        Assert.Equal("Hello", await _nobody.ReadTextAsync(address, "application/json"));
        Assert.Equal("401 NOT_AUTHENTICATED", await _nobody.CodeAsync(HttpMethod.Get, address.Replace(id, other, StringComparison.Ordinal)));
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("401 NOT_AUTHENTICATED", await _nobody.CodeAsync(HttpMethod.Get, address));
        Assert.Equal("Hello", await _server.Owner.ReadTextAsync(address, "*/*"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FileWithoutContent_IsEmpty_AndHasNoAddress(bool isAnnounced)
    {
        var id = await _server.CreateFileAsync();
        if (isAnnounced)
            await _server.AnnounceAsync(id, 5);

        using var bytes = await _server.Owner.SendAsync(HttpMethod.Get, $"file/{id}/download");
        using var address = await _server.Owner.SendAsync(HttpMethod.Get, $"file/{id}/download", accept: "application/json");

        Assert.Equal((HttpStatusCode.NoContent, ""), (bytes.StatusCode, await bytes.TextAsync()));
        await address.AssertRefusedAsync("404 NOT_FOUND: Content of the file not found");
    }

    [Fact]
    public async Task Download_CannotActAsAPageOfThisServer()
    {
        var id = await _server.CreateFileAsync();
        using var form = new MultipartFormDataContent { { new StringContent("<script>", new System.Net.Http.Headers.MediaTypeHeaderValue("text/html")), "file", "ä b.html" } };
        await _server.Owner.ReadAsync(HttpMethod.Post, $"file/{id}/upload", form);

        using var answer = await _server.Owner.SendAsync(HttpMethod.Get, $"file/{id}/download");

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("ä b.html", answer.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.StartsWith("sandbox", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("private, no-store", answer.Header("Cache-Control")?.Replace("no-store, private", "private, no-store", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Download_OfAContentWithoutName_IsNamedAfterTheFile()
    {
        var id = await StoredAsync();

        using var answer = await _server.Owner.SendAsync(HttpMethod.Get, $"file/{id}/download");

        Assert.Equal($"{id}.txt", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
    }

    /// <summary>A download that is resumed never has the beginning of one content and the end of another.</summary>
    [Fact]
    public async Task ResumedDownload_IsOfOneContent()
    {
        var id = await StoredAsync();
        using var first = await GetAsync(id);
        var tag = first.Headers.ETag!.ToString();
        using var rest = await GetAsync(id, ("Range", "bytes=2-"), ("If-Range", tag));
        using var same = await GetAsync(id, ("If-None-Match", tag));
        using var behind = await GetAsync(id, ("Range", "bytes=5-"));
        Assert.Equal((HttpStatusCode.PartialContent, "llo"), (rest.StatusCode, await rest.TextAsync()));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        await behind.AssertRefusedAsync("416 BAD_REQUEST");

        await _server.Owner.UploadTextAsync(id, "World");

        // Both contents are of the same second, so only a tag tells them apart.
        Assert.Null(first.Content.Headers.LastModified);
        foreach (var validator in (string[])[tag, _time.GetUtcNow().AddHours(1).ToString("R")])
        {
            using var resumed = await GetAsync(id, ("Range", "bytes=2-"), ("If-Range", validator));
            Assert.Equal((HttpStatusCode.OK, "World"), (resumed.StatusCode, await resumed.TextAsync()));
        }

        using var changed = await GetAsync(id, ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    private async Task<string> StoredAsync(string body = "{}")
    {
        var id = await _server.CreateFileAsync(body);
        await _server.Owner.UploadTextAsync(id, "Hello");
        return id;
    }

    private Task<HttpResponseMessage> GetAsync(string id, params (string Name, string Value)[] headers) =>
        _server.Owner.SendAsync(HttpMethod.Get, $"file/{id}/download", headers: headers);
}
