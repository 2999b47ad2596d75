using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The forms of upload, and what is refused.</summary>
public sealed class FileUploadTests
{
    [Theory]
    [InlineData("url", "text/plain")]
    [InlineData("data", "text/csv")]
    [InlineData("data behind another key", "text/csv")]
    [InlineData("announced", "text/markdown")]
    [InlineData("form", "text/html")]
    [InlineData("raw", "image/png")]
    public async Task Upload_InAnyForm_IsDownloaded(string form, string type)
    {
        await using var web = await LocalWebServer.StartAsync(app => app.MapGet("/a.txt", () => Results.Text("Hello")));
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = "true" });
        var id = await server.CreateFileAsync("""{"meta":{"mark":"m"},"alias":"a"}""");
        var before = await server.GetAsync($"file/{id}/fetch");
        object body = form switch
        {
            "url" => $$"""{"file":"{{web.Url}}/a.txt"}""",
            "data" => """{"file":"data:text/csv;base64,SGVsbG8="}""",
            "data behind another key" => """{ "file" : "data:text\/csv,H\u0065llo" }""",
            "announced" => """{"file":{"type":"text/markdown","size":5,"name":"a.md"}}""",
            "form" => new MultipartFormDataContent { { Typed("Hello", "text/html"), "file", "a.htm" } },
            _ => Typed("Hello", "image/png"),
        };

        var answer = await server.Owner.ReadAsync(HttpMethod.Post, $"file/{id}/upload", body);

        Assert.Equal(id, ApiJson.Id(answer));
        Assert.Equal(form == "announced", answer.TryGetProperty("uploadRequest", out var put));
        if (form == "announced")
        {
            Assert.Equal(("PUT", "text/markdown"), (put.Text("method"), put.GetProperty("headers").Text("Content-Type")));
            Assert.Equal("200", await server.PutAsync(answer, "Hello"));
        }

        using var download = await server.Owner.SendAsync(HttpMethod.Get, $"file/{id}/download");
        Assert.Equal(("Hello", type), (await download.ReadTextAsync(), download.Content.Headers.ContentType?.MediaType));
        using var nobody = server.Server.Client(credential: null);
        Assert.Equal("Hello", await nobody.ReadTextAsync(answer.UrlOf("downloadRequest"), "*/*"));
        var after = await server.GetAsync($"file/{id}/fetch");
        Assert.Equal(("m", type), (after.GetProperty("meta").Text("mark"), after.GetProperty("meta").Text("contentType")));
        Assert.Equal("a", after.Text("alias"));
        Assert.True(after.GetProperty("updatedAt").GetInt64() >= before.GetProperty("updatedAt").GetInt64());
    }

    [Fact]
    public async Task Upload_ByAlias_AnswersTheId()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateFileAsync("""{"alias":"manual"}""");

        Assert.Equal(id, ApiJson.Id(await server.Owner.UploadTextAsync("@manual", "Hello")));
        Assert.Equal("Hello", await server.DownloadAsync(id));
    }

    [Theory]
    [InlineData("{}", "400 BAD_REQUEST")]
    [InlineData("""{"file":null}""", "400 BAD_REQUEST")]
    [InlineData("""{"file":"ftp://a.example/b"}""", "400 BAD_REQUEST")]
    [InlineData("""{"file":"data:text/plain;base64,####"}""", "400 BAD_REQUEST")]
    [InlineData("""{"file":{"type":"text/","size":1}}""", "400 BAD_REQUEST")]
    [InlineData("""{"file":{"type":"text/plain","size":0}}""", "400 BAD_REQUEST")]
    [InlineData("""{"file":{"type":"text/plain","size":-1}}""", "400 BAD_REQUEST")]
    [InlineData("""{"file":{"type":"text/plain","size":9}}""", "413 CONTENT_TOO_LARGE")]
    [InlineData("""{"file":"data:text/plain;base64,MTIzNDU2Nzg5"}""", "413 CONTENT_TOO_LARGE")]
    [InlineData("""{"file":"http://127.0.0.1:1/a"}""", "400 BAD_REQUEST")]
    public async Task Upload_OfWhatIsNoGoodFile_IsRefusedAndLeavesTheOldContent(string body, string refusal)
    {
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_MAX_ATTACHMENT_BYTES"] = "8" });
        var id = await server.CreateFileAsync();
        await server.Owner.UploadTextAsync(id, "Hello");

        await server.Owner.AssertRefusedAsync(refusal, HttpMethod.Post, $"file/{id}/upload", body);

        Assert.Equal("Hello", await server.DownloadAsync(id));
        Assert.Single(await server.FilesAsync());
    }

    /// <summary>Receiving a file costs time and space, so a caller who may not add it is refused before.</summary>
    [Fact]
    public async Task Upload_ToTheFileOfAnother_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateFileAsync("""{"visibility":"public"}""");
        using var stranger = await server.StrangerAsync();
        using var session = await server.SessionAsync(await server.CreateConversationAsync());

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SendTextAsync(id, "Hello")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await session.SendTextAsync(id, "Hello")).StatusCode);
        Assert.Empty(await server.FilesAsync());
    }

    [Fact]
    public async Task Upload_WithTheSameIdempotencyKey_StoresOnce()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateFileAsync();
        await server.Owner.UploadTextAsync(id, "one", "k1");
        await server.Owner.UploadTextAsync(id, "two", "k2");

        var again = await server.Owner.UploadTextAsync(id, "one", "k1");

        Assert.Equal(id, ApiJson.Id(again));
        Assert.Equal("two", await server.Owner.ReadTextAsync(again.UrlOf("downloadRequest"), "*/*"));
        using var other = await server.Owner.SendTextAsync(id, "three", "k1");
        await other.AssertRefusedAsync("409 IDEMPOTENCY_KEY_REUSED");
        Assert.Equal(2, (await server.FilesAsync()).Count);
    }

    [Fact]
    public async Task Announcement_ThatIsRepeatedWithItsKey_IsTheSameUpload()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateFileAsync();
        const string Body = """{"file":{"type":"text/plain","size":5}}""";
        var first = await server.Owner.ReadAsync(HttpMethod.Post, $"file/{id}/upload", Body, key: "k");
        var second = await server.Owner.ReadAsync(HttpMethod.Post, $"file/{id}/upload", Body, key: "k");

        Assert.Equal("200", await server.PutAsync(second, "Hello"));
        Assert.Equal("409 CONFLICT", await server.PutAsync(first, "Again"));
        var third = await server.Owner.ReadAsync(HttpMethod.Post, $"file/{id}/upload", Body, key: "k");

        Assert.False(third.TryGetProperty("uploadRequest", out _));
        Assert.Equal("Hello", await server.DownloadAsync(id));
    }

    private static StringContent Typed(string text, string type) => new(text, new MediaTypeHeaderValue(type));
}
