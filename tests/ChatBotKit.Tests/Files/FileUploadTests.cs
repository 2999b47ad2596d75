using System.Text;
using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class FileUploadTests
{
    private const string Announced = """{"id":"f1","uploadRequest":{"method":"PUT","url":"https://files.example.com/f1?sig=xyz","headers":{"content-type":"text/plain"}},"downloadRequest":{"method":"GET","url":"https://files.example.com/f1?sig=abc","headers":{}}}""";

    [Fact]
    public async Task Stream_IsAnnouncedAndThenPutWithProgress()
    {
        var handler = new ScriptedHandler().Answer(Announced).Answer("");
        var progress = new Reports();
        using var content = new MemoryStream(new byte[200_000]);

        var file = await Clients.Api(handler).File.UploadAsync(
            "f1", content, new AttachmentFileDescription { Type = "text/plain", Size = 200_000, Name = "a.txt" }, progress, Clients.Token);

        Assert.Equal("POST /api/v1/file/f1/upload\n" + """{"file":{"type":"text/plain","size":200000,"name":"a.txt"}}""", handler.Requests[0].Verbatim);
        Assert.Equal(("PUT", 200_000, false), (handler.Requests[1].Method, handler.Requests[1].Body.Length, handler.Requests[1].Headers.ContainsKey("Authorization")));
        Assert.Equal("https://files.example.com/f1?sig=abc", file.DownloadRequest!.Url);
        Assert.True(progress.Sent.Count > 1);
        Assert.Equal(progress.Sent.Order(), progress.Sent);
        Assert.Equal(200_000, progress.Sent[^1]);
    }

    [Fact]
    public async Task Progress_OfBytesThatAreSentAgain_BeginsAgain()
    {
        var handler = new ScriptedHandler().Answer(Announced).Answer("", 503).Answer("");
        var progress = new Reports();
        using var content = new MemoryStream([1, 2, 3]);

        await Clients.Api(handler).File.UploadAsync(
            "f1", content, new AttachmentFileDescription { Type = "text/plain", Size = 3 }, progress, Clients.Token);

        Assert.Equal([3, 3], progress.Sent);
    }

    [Fact]
    public async Task Stream_ThatCannotBeRewound_IsNotSentAgain()
    {
        var handler = new ScriptedHandler().Answer(Announced).Answer("", 503);
        using var content = new ScriptedStream([new byte[] { 1, 2, 3 }]);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).File.UploadAsync(
            "f1", content, new AttachmentFileDescription { Type = "text/plain", Size = 3 }, cancellationToken: Clients.Token));

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, failure.StatusCode);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task Bytes_OfAPartOfAnArray_GoInOneFormWithProgress()
    {
        var handler = new ScriptedHandler().Answer("""{"id":"f1"}""");
        var progress = new Reports();

        await Clients.Api(handler).File.UploadAsync(
            "f1", Encoding.UTF8.GetBytes("..hello..").AsMemory(2, 5), "a.txt", "text/plain", progress, Clients.Token);

        var request = Assert.Single(handler.Requests);
        Assert.Equal("/api/v1/file/f1/upload", request.Url.AbsolutePath);
        Assert.StartsWith("multipart/form-data; boundary=", request.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/plain", request.Body, StringComparison.Ordinal);
        Assert.Contains("name=file; filename=a.txt", request.Body, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\nhello\r\n", request.Body, StringComparison.Ordinal);
        Assert.Equal([5], progress.Sent);
    }

    [Fact]
    public async Task File_FromDisk_IsPut()
    {
        var handler = new ScriptedHandler().Answer(Announced).Answer("");
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(path, "hello", Clients.Token);
        try
        {
            await Clients.Api(handler).File.UploadFileAsync("f1", path, cancellationToken: Clients.Token);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Equal($$$"""{"file":{"type":"application/octet-stream","size":5,"name":"{{{Path.GetFileName(path)}}}"}}""", handler.Requests[0].Body);
        Assert.Equal("hello", handler.Requests[1].Body);
    }

    [Fact]
    public async Task Announcement_WithoutAddress_IsAnInvalidAnswer()
    {
        var handler = new ScriptedHandler().Answer("""{"id":"f1"}""");
        using var content = new MemoryStream([1]);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).File.UploadAsync(
            "f1", content, new AttachmentFileDescription { Type = "text/plain", Size = 1 }, cancellationToken: Clients.Token));

        Assert.Equal(ClientErrorCodes.InvalidResponse, failure.Code);
    }

    [Fact]
    public async Task Download_OfAFileWithoutBytes_WritesNothing()
    {
        var handler = new ScriptedHandler().Answer("", 204);

        Assert.Equal("", await Clients.WrittenAsync(file => Clients.Api(handler).File.DownloadAsync("f1", file, Clients.Token)));
    }

    private sealed class Reports : IProgress<long>
    {
        public List<long> Sent { get; } = [];

        public void Report(long value) => Sent.Add(value);
    }
}
