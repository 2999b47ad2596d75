using System.Net;
using System.Net.Http.Headers;
using ChatBotKit.Server.Features.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

public sealed class AttachmentRefusalTests
{
    private static readonly Dictionary<string, string?> SmallFiles = new() { ["CHATBOTKIT_MAX_ATTACHMENT_BYTES"] = "8" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"file":"data:text/plain;base64,MTIzNDU2Nzg5"}""")]
    [InlineData("""{"file":{"type":"text/plain","size":9}}""")]
    public async Task Upload_OfTooMuch_IsRefusedAndLeavesNothing(string body)
    {
        await using var server = await FeatureServer.StartAsync(settings: SmallFiles);
        var id = await server.CreateConversationAsync();
        await server.Owner.AssertRefusedAsync("413 CONTENT_TOO_LARGE", HttpMethod.Post, $"conversation/{id}/attachment/upload", body);
        Assert.Empty((await server.GetAsync($"conversation/{id}/attachment/list")).Ids());
        Assert.Empty((await server.GetAsync($"conversation/{id}/message/list")).Ids());
        Assert.Empty(await server.FilesAsync());
    }

    [Fact]
    public async Task Upload_OfTooLargeRawBody_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync(settings: SmallFiles);
        var id = await server.CreateConversationAsync();
        using var content = new ByteArrayContent(new byte[9]);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        await server.Owner.AssertRefusedAsync("413 CONTENT_TOO_LARGE", HttpMethod.Post, $"conversation/{id}/attachment/upload", content);
        Assert.Empty(await server.FilesAsync());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Upload_FromPrivateAddress_IsRefusedUnlessAllowed(string host)
    {
        var calls = 0;
        await using var files = await LocalWebServer.StartAsync(app => app.MapGet("/a.txt", () =>
        {
            calls++;
            return Results.Text("Hello");
        }));
        var body = $$"""{"file":"http://{{host}}:{{new Uri(files.Url).Port}}/a.txt"}""";

        await using var strict = await FeatureServer.StartAsync();
        var id = await strict.CreateConversationAsync();
        await strict.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST: *not on the public internet*", HttpMethod.Post, $"conversation/{id}/attachment/upload", body);
        Assert.Equal(0, calls);

        await using var open = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = "true" });
        id = await open.CreateConversationAsync();
        var answer = await open.PostAsync($"conversation/{id}/attachment/upload", body);
        Assert.Equal("Hello", await open.Owner.ReadTextAsync($"conversation/{id}/attachment/{answer.Text("name")}/download", "*/*"));
        Assert.EndsWith(".txt", answer.Text("name"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_FromAddressThatFails_SaysWhy()
    {
        await using var files = await LocalWebServer.StartAsync(app =>
        {
            app.MapGet("/gone", () => Results.NotFound());
            app.MapGet("/long", () => Results.Bytes(new byte[9]));
            app.MapGet("/endless", (HttpResponse response) => WriteForeverAsync(response));
            app.MapGet("/around", () => Results.Redirect("/around"));
        });
        var settings = new Dictionary<string, string?>(SmallFiles) { ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = "true" };
        await using var server = await FeatureServer.StartAsync(settings: settings);
        var id = await server.CreateConversationAsync();
        var expected = new Dictionary<string, string>
        {
            ["gone"] = "400 BAD_REQUEST",
            ["around"] = "400 BAD_REQUEST",
            ["long"] = "413 CONTENT_TOO_LARGE",
            ["endless"] = "413 CONTENT_TOO_LARGE",
        };
        foreach (var (path, refusal) in expected)
        {
            await server.Owner.AssertRefusedAsync(
                refusal, HttpMethod.Post, $"conversation/{id}/attachment/upload", $$"""{"file":"{{files.Url}}/{{path}}"}""");
        }

        Assert.Empty(await server.FilesAsync());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"file":"ftp://example.com/a"}""")]
    [InlineData("""{"file":"data:text/plain;base64,***"}""")]
    [InlineData("""{"file":{"type":"text/plain","size":0}}""")]
    public async Task Upload_WithBadFile_NamesTheField(string body)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST: *\"file*", HttpMethod.Post, $"conversation/{id}/attachment/upload", body);
    }

    [Theory]
    [InlineData("""{"file":{"type":"/ab","size":1}}""", "\"file.type\"")]
    [InlineData("""{"file":{"type":"image/","size":1,"name":"a.png"}}""", "\"file.type\"")]
    [InlineData("""{"file":"data:/ab;base64,eA=="}""", "\"file\"")]
    [InlineData("""{"file":"data:image/;base64,eA=="}""", "\"file\"")]
    [InlineData("""{"file":"data:image/,x"}""", "\"file\"")]
    public async Task Upload_OfNoMediaType_NamesTheField(string body, string field)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await server.Owner.AssertRefusedAsync($"400 BAD_REQUEST: {field}*", HttpMethod.Post, $"conversation/{id}/attachment/upload", body);
        Assert.Empty(await server.FilesAsync());
    }

    [Theory]
    [InlineData("/ab", false)]
    [InlineData("image/", false)]
    [InlineData("/ab", true)]
    [InlineData("image/", true)]
    public async Task Upload_OfBytesOfNoMediaType_IsRefusedAndLeavesNothing(string type, bool isForm)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        using var bytes = new ByteArrayContent([1, 2, 3]);
        bytes.Headers.TryAddWithoutValidation("Content-Type", type);
        using var form = new MultipartFormDataContent { { bytes, "file", "a.png" } };
        using var answer = await server.Owner.SendAsync(
            HttpMethod.Post, $"conversation/{id}/attachment/upload", isForm ? form : bytes);
        await answer.AssertRefusedAsync("400 BAD_REQUEST: The header Content-Type*");
        Assert.Empty(await server.FilesAsync());
    }

    [Fact]
    public async Task Upload_RepeatedWithItsKey_LeavesOneFile()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var (statuses, files) = (new List<HttpStatusCode>(), new List<int>());
        foreach (byte[] bytes in (byte[][])[[1], [1], [2]])
        {
            using var answer = await server.Owner.SendFileAsync(id, new ByteArrayContent(bytes), "image/png", key: "k");
            statuses.Add(answer.StatusCode);
            files.Add((await server.FilesAsync()).Count);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict], statuses);
        Assert.Equal([1, 1, 1], files);
    }

    /// <summary>A browser says nothing of a file whose type it does not know.</summary>
    [Fact]
    public async Task Upload_OfAnEmptyMediaType_GetsTheOneOfItsName()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var answer = await server.PostAsync($"conversation/{id}/attachment/upload", """{"file":{"type":"","size":1,"name":"a.pdf"}}""");
        Assert.EndsWith(".pdf", answer.Text("name"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_IntoForeignConversation_IsNotFound()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var stranger = await server.StrangerAsync();
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{id}/attachment/upload", """{"file":"data:,x"}""");
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"conversation/{id}/attachment/list");
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    public void PublicAddresses_AreToldFromSpecialOnes(string address, bool expected) =>
        Assert.Equal(expected, PublicAddresses.IsPublic(IPAddress.Parse(address)));

    private static async Task WriteForeverAsync(HttpResponse response)
    {
        var chunk = new byte[4];
        while (!response.HttpContext.RequestAborted.IsCancellationRequested)
        {
            await response.Body.WriteAsync(chunk);
            await response.Body.FlushAsync();
        }
    }
}
