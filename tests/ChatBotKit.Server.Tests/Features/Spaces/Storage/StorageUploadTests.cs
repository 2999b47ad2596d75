using System.Net.Http.Headers;
using ChatBotKit.Server.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The forms of upload to a space, and what is refused.</summary>
public sealed class StorageUploadTests
{
    [Theory]
    [InlineData("url", "text/plain")]
    [InlineData("data", "text/csv")]
    [InlineData("announced", "text/markdown")]
    [InlineData("announced with all fields", "text/markdown")]
    [InlineData("form", "text/html")]
    [InlineData("raw", "image/png")]
    [InlineData("raw without a type", "text/markdown")]
    public async Task Upload_InAnyForm_IsDownloaded(string form, string type)
    {
        await using var web = await LocalWebServer.StartAsync(app => app.MapGet("/x", () => Results.Text("Hello")));
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = "true" });
        var space = await server.CreateSpaceAsync("""{"alias":"docs"}""");
        object body = form switch
        {
            "url" => $$"""{"file":"{{web.Url}}/x"}""",
            "data" => """{"file":"data:text/csv;base64,SGVsbG8="}""",
            "announced" => """{"file":{"type":"text/markdown","size":5}}""",
            "announced with all fields" => """{"file":{"type":"text/markdown","size":5,"name":"other.md","meta":{"a":1}}}""",
            "form" => new MultipartFormDataContent { { Typed("text/html"), "file", "other.htm" } },
            "raw" => Typed("image/png"),
            _ => Typed("application/octet-stream"),
        };

        var answer = await server.Owner.ReadAsync(HttpMethod.Post, $"space/@docs/storage/upload/notes/to%20day.md", body);

        Assert.Equal("notes/to day.md", answer.Text("path"));
        if (form.StartsWith("announced", StringComparison.Ordinal))
            Assert.Equal("200", await server.PutAsync(answer, "Hello"));
        else
            Assert.False(answer.TryGetProperty("uploadRequest", out _));
        Assert.Equal([answer.Id()], (await server.GetAsync($"space/{space}/storage/list/notes")).Ids());
        using var download = await server.Owner.SendAsync(HttpMethod.Get, $"space/{space}/storage/download/notes/to%20day.md");
        Assert.Equal(("Hello", type), (await download.ReadTextAsync(), download.Content.Headers.ContentType?.MediaType));
        Assert.Equal("to day.md", download.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
    }

    [Theory]
    [InlineData("", "400 BAD_REQUEST: The path is required")]
    [InlineData("/", "400 BAD_REQUEST: The path is required")]
    [InlineData("/a", "400 BAD_REQUEST: \"a\" is a folder")]
    [InlineData("/a/b", "400 BAD_REQUEST: \"a/b\" is a folder")]
    [InlineData("/a/b/c.txt/d", "400 BAD_REQUEST: \"a/b/c.txt/d\" is below a file")]
    [InlineData("/a/b/c.txt/d/e.txt", "400 BAD_REQUEST: *is below a file")]
    public async Task Upload_WhereNoFileCanBe_IsRefused(string path, string refusal)
    {
        await using var server = await FeatureServer.StartAsync();
        var space = await server.CreateSpaceAsync();
        await server.StoreAsync(space, "a/b/c.txt", "old");

        await server.Owner.AssertRefusedAsync(refusal, HttpMethod.Post, $"space/{space}/storage/upload{path}", Typed("text/plain"));

        Assert.Single(await server.FilesAsync());
        Assert.Equal("a/b/c.txt a/b/ a/", await server.ListPathsAsync(space, "?recursive=true"));
    }

    /// <summary>An upload may be impossible when its bytes come, although it was possible when it was announced.</summary>
    [Fact]
    public async Task AnnouncedFile_WhosePlaceIsTakenMeanwhile_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        var space = await server.CreateSpaceAsync();
        var below = await server.PostAsync($"space/{space}/storage/upload/a/b.txt", """{"file":{"type":"text/plain","size":5}}""");
        var above = await server.PostAsync($"space/{space}/storage/upload/c", """{"file":{"type":"text/plain","size":5}}""");
        await server.StoreAllAsync(space, "a", "c/d.txt");

        Assert.Equal("400 BAD_REQUEST", await server.PutAsync(below, "Hello"));
        Assert.Equal("400 BAD_REQUEST", await server.PutAsync(above, "Hello"));

        Assert.Equal("a c/", await server.ListPathsAsync(space));
        Assert.Equal(2, (await server.FilesAsync()).Count);
        await server.PostAsync($"space/{space}/storage/delete/a", "{}");
        Assert.Equal("200", await server.PutAsync(below, "Hello"));
        Assert.Equal("409 CONFLICT", await server.PutAsync(below, "Hello"));
    }

    [Fact]
    public async Task Upload_ReplacesTheFile_AndWithTheSameKey_StoresOnce()
    {
        await using var server = await FeatureServer.StartAsync();
        var space = await server.CreateSpaceAsync();
        var path = $"space/{space}/storage/upload/a.txt";
        var first = await server.Owner.ReadAsync(HttpMethod.Post, path, """{"file":"data:text/plain,one"}""", key: "k1");
        await server.StoreAsync(space, "a.txt", "two");

        var again = await server.Owner.ReadAsync(HttpMethod.Post, path, """{"file":"data:text/plain,one"}""", key: "k1");

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal("two", await server.LoadAsync(space, "a.txt"));
        await server.Owner.AssertRefusedAsync("409 IDEMPOTENCY_KEY_REUSED", HttpMethod.Post, path, """{"file":"data:text/plain,three"}""", key: "k1");
        // The answer is stored, so what is at the path now does not matter.
        await server.PostAsync($"space/{space}/storage/delete/a.txt", "{}");
        await server.StoreAsync(space, "a.txt/b.txt");
        Assert.Equal(first.GetRawText(), (await server.Owner.ReadAsync(HttpMethod.Post, path, """{"file":"data:text/plain,one"}""", key: "k1")).GetRawText());
    }

    [Fact]
    public async Task AddressOfAnUpload_IsForOneFile()
    {
        await using var server = await FeatureServer.StartAsync();
        var (space, other) = (await server.CreateSpaceAsync(), await server.CreateSpaceAsync());
        var announced = await server.PostAsync($"space/{space}/storage/upload/a.txt", """{"file":{"type":"text/plain","size":5}}""");
        var second = await server.PostAsync($"space/{space}/storage/upload/b.txt", """{"file":{"type":"text/plain","size":5}}""");
        var (address, name) = (announced.UrlOf("uploadRequest"), second.UrlOf("uploadRequest").Split('?')[0].Split('/')[^1]);
        using var nobody = server.Server.Client(credential: null);

        Assert.Equal("413 CONTENT_TOO_LARGE", await server.PutAsync(announced, "longer"));
        Assert.Equal("404 NOT_FOUND", await nobody.CodeAsync(HttpMethod.Put, address.Replace(space, other, StringComparison.Ordinal), Typed("a/b")));
        Assert.Equal("401 NOT_AUTHENTICATED", await nobody.CodeAsync(HttpMethod.Put, address.Replace(address.Split('?')[0].Split('/')[^1], name, StringComparison.Ordinal), Typed("a/b")));
        Assert.Equal("200", await server.PutAsync(announced, "Hello"));
        Assert.Equal("a.txt", await server.ListPathsAsync(space));
        await server.PostAsync($"space/{space}/delete", "{}");
        Assert.Equal("404 NOT_FOUND", await server.PutAsync(second, "Hello"));
    }

    [Fact]
    public async Task Deletion_OfTheSpace_TakesItsFilesAlong()
    {
        await using var server = await FeatureServer.StartAsync();
        var (space, kept) = (await server.CreateSpaceAsync(), await server.CreateSpaceAsync());
        await server.StoreAllAsync(space, "a.txt", "b/c.txt");
        await server.StoreAsync(kept, "a.txt", "kept");

        await server.PostAsync($"space/{space}/delete", "{}");

        await server.WaitForFilesAsync(1);
        Assert.Equal("kept", await server.LoadAsync(kept, "a.txt"));
        Assert.Equal(1, await server.Server.Store.CountAsync(ContentTable.Rows));
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"space/{space}/storage/download/a.txt");
    }

    private static StringContent Typed(string type) => new("Hello", new MediaTypeHeaderValue(type));
}
