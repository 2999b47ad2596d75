using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class SpaceStorageTests
{
    private const string Announced = """{"id":"YQ","path":"notes/a.txt","uploadRequest":{"method":"PUT","url":"https://files.example.com/a?sig=xyz","headers":{"content-type":"text/plain"}}}""";

    [Fact]
    public async Task Stream_IsAnnouncedAndThenPut()
    {
        var handler = new ScriptedHandler().Answer(Announced).Answer("");
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("hello"));

        var file = await Clients.Api(handler).Space.Storage.UploadAsync(
            "s1",
            "notes/a.txt",
            content,
            new SpaceStorageFileDescription { Type = "text/plain", Size = 5, Meta = new JsonObject { ["a"] = 1 } },
            cancellationToken: Clients.Token);

        Assert.Equal("notes/a.txt", file.Path);
        Assert.Equal("POST /api/v1/space/s1/storage/upload/notes/a.txt\n" + """{"file":{"type":"text/plain","size":5,"meta":{"a":1}}}""", handler.Requests[0].Verbatim);
        Assert.Equal("PUT /a?sig=xyz\nhello", handler.Requests[1].Verbatim);
        Assert.False(handler.Requests[1].Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Bytes_GoInOneFormUnderTheLastPartOfThePath()
    {
        var handler = new ScriptedHandler().Answer("""{"id":"YQ","path":"notes/a.txt"}""");

        await Clients.Api(handler).Space.Storage.UploadAsync(
            "s1", "notes/a.txt", Encoding.UTF8.GetBytes("hello"), "text/plain", cancellationToken: Clients.Token);

        var request = Assert.Single(handler.Requests);
        Assert.Equal("/api/v1/space/s1/storage/upload/notes/a.txt", request.Url.AbsolutePath);
        Assert.Contains("name=file; filename=a.txt", request.Body, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\nhello\r\n", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_FromDisk_IsPut()
    {
        var handler = new ScriptedHandler().Answer(Announced).Answer("");
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(path, "hello", Clients.Token);
        try
        {
            await Clients.Api(handler).Space.Storage.UploadFileAsync("s1", "notes/a.txt", path, "text/plain", cancellationToken: Clients.Token);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Equal("""{"file":{"type":"text/plain","size":5}}""", handler.Requests[0].Body);
        Assert.Equal("hello", handler.Requests[1].Body);
    }

    [Theory]
    [InlineData("../secrets")]
    [InlineData("notes/./a.txt")]
    [InlineData("notes//a.txt")]
    [InlineData("/")]
    [InlineData(" ")]
    public async Task Path_ThatWouldLeaveItsRoute_IsRefused(string path)
    {
        var handler = new ScriptedHandler();

        await Assert.ThrowsAsync<ArgumentException>(async () => await Clients.Api(handler).Space.Storage.DownloadAsync("s1", path, Clients.Token));

        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task Endpoint_WithAPath_CanBeReplaced()
    {
        var handler = new ScriptedHandler().Answer("""{"id":"YQ","url":"https://example.com/a"}""");
        var options = Clients.Options(handler) with
        {
            Endpoints = new Dictionary<string, string> { ["/api/v1/space/{spaceId}/storage/download/{path}"] = "/files/{spaceId}/{path}" },
        };

        await new SpaceStorageClient(options).DownloadAsync("s/1", "my notes/a.txt", Clients.Token);

        Assert.Equal("/files/s%2F1/my%20notes/a.txt", Assert.Single(handler.Requests).Url.AbsolutePath);
    }
}
