using System.Text;
using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class UploadTests
{
    private const string Announced = """{"id":"a1","name":"a1.txt","uploadRequest":{"method":"PUT","url":"https://files.example.com/a1?sig=xyz","headers":{"content-type":"text/plain","x-tag":"1"}}}""";

    [Fact]
    public async Task Stream_IsAnnouncedAndThenPutWithoutCredential()
    {
        var handler = new ScriptedHandler().Answer(Announced).Answer("", 503).Answer("");
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("..hello"));
        content.Position = 2;

        var file = await Clients.Api(handler).Conversation.Attachment.UploadAsync(
            "c1", content, new AttachmentFileDescription { Type = "text/plain", Size = 5, Name = "a.txt" }, cancellationToken: Clients.Token);

        Assert.Equal("a1.txt", file.Name);
        Assert.Equal("POST /api/v1/conversation/c1/attachment/upload\n" + """{"file":{"type":"text/plain","size":5,"name":"a.txt"}}""", handler.Requests[0].Verbatim);
        foreach (var put in handler.Requests.Skip(1))
        {
            Assert.Equal("PUT /a1?sig=xyz\nhello", put.Verbatim);
            Assert.Equal(("text/plain", "1", "5"), (put.Headers["Content-Type"], put.Headers["x-tag"], put.Headers["Content-Length"]));
            Assert.False(put.Headers.ContainsKey("Authorization"));
        }

        Assert.True(content.CanRead);
    }

    [Fact]
    public async Task Put_ThatIsRefused_HidesItsSignature()
    {
        var handler = new ScriptedHandler().Answer(Announced).Answer("<Error/>", 403, "application/xml");
        using var content = new MemoryStream([1]);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).Conversation.Attachment.UploadAsync(
            "c1", content, new AttachmentFileDescription { Type = "text/plain", Size = 1 }, cancellationToken: Clients.Token));

        Assert.Equal("https://files.example.com/a1", failure.RequestUri!.AbsoluteUri);
        Assert.DoesNotContain("xyz", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_FromDisk_IsPut()
    {
        var handler = new ScriptedHandler().Answer(Announced).Answer("");
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(path, "hello", Clients.Token);
        try
        {
            await Clients.Api(handler).Conversation.Attachment.UploadFileAsync("c1", path, "text/plain", cancellationToken: Clients.Token);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Contains(Path.GetFileName(path), handler.Requests[0].Body, StringComparison.Ordinal);
        Assert.Equal("hello", handler.Requests[1].Body);
    }

    [Fact]
    public async Task Bytes_GoInOneForm()
    {
        var handler = new ScriptedHandler().Answer("""{"id":"a1"}""");

        await Clients.Api(handler).Conversation.Attachment.UploadAsync(
            "c1", Encoding.UTF8.GetBytes("hello"), "a.txt", "text/plain", cancellationToken: Clients.Token);

        var request = Assert.Single(handler.Requests);
        Assert.StartsWith("multipart/form-data; boundary=", request.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("name=file; filename=a.txt", request.Body, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\nhello\r\n", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Announcement_WithoutAddress_IsAnInvalidAnswer()
    {
        var handler = new ScriptedHandler().Answer("""{"id":"a1"}""");
        using var content = new MemoryStream([1]);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).Conversation.Attachment.UploadAsync(
            "c1", content, new AttachmentFileDescription { Type = "text/plain", Size = 1 }, cancellationToken: Clients.Token));

        Assert.Equal(ClientErrorCodes.InvalidResponse, failure.Code);
    }
}
