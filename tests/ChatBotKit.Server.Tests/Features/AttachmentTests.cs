using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ChatBotKit.Server.Features.Attachments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

public sealed class AttachmentTests
{
    private static readonly Dictionary<string, string?> SmallFiles = new() { ["CHATBOTKIT_MAX_ATTACHMENT_BYTES"] = "8" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_OfRawBody_CanBeDownloadedByTheOwnerAndByTheSignedAddress()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var answer = await UploadAsync(server.Owner, id, new ByteArrayContent([1, 2, 3]), "image/png");
        var name = answer.Text("name")!;
        Assert.Equal($"{FeatureServer.Id(answer)}.png", name);

        using var own = await server.Owner.SendAsync(HttpMethod.Get, $"conversation/{id}/attachment/{name}/download");
        Assert.Equal([1, 2, 3], await own.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("image/png", own.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", own.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(["nosniff"], own.Headers.GetValues("X-Content-Type-Options"));

        using var nobody = server.Server.Client(credential: null);
        using var signed = await nobody.GetAsync(new Uri(answer.GetProperty("downloadRequest").Text("url")!), Token);
        Assert.Equal([1, 2, 3], await signed.Content.ReadAsByteArrayAsync(Token));
        await nobody.FailAsync(HttpStatusCode.Unauthorized, HttpMethod.Get, $"conversation/{id}/attachment/{name}/download");
        await nobody.FailAsync(HttpStatusCode.Unauthorized, HttpMethod.Get, $"conversation/{id}/attachment/{name}/download?token=forged");
        var stranger = await server.StrangerAsync();
        await stranger.FailAsync(HttpStatusCode.NotFound, HttpMethod.Get, $"conversation/{id}/attachment/{name}/download");
    }

    [Fact]
    public async Task Upload_TellsTheConversationOnceTheBytesAreThere()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var answer = await UploadAsync(server.Owner, id, new StringContent("x"), "text/plain");
        var items = (await server.GetAsync($"conversation/{id}/message/list")).Items().ToList();
        var activities = items.ConvertAll(item => item.GetProperty("meta").GetProperty("activity"));
        Assert.Equal(["request", "response"], activities.Select(activity => activity.Text("type")));
        Assert.All(activities, activity => Assert.Equal("uploadAttachment", activity.GetProperty("function").Text("name")));
        Assert.Equal($"attachment://{answer.Text("name")}", activities[0].GetProperty("function").GetProperty("arguments").Text("url"));
    }

    [Fact]
    public async Task Upload_OfForm_KeepsTheOriginalName()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var session = await server.SessionAsync(id);
        using var form = new MultipartFormDataContent();
        using var part = new ByteArrayContent([7]);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(part, "file", "../../Report 1.PDF");
        var answer = await PostAsync(session, id, form);
        Assert.EndsWith(".pdf", answer.Text("name"), StringComparison.Ordinal);

        var item = (await server.GetAsync($"conversation/{id}/attachment/list")).Items().Single();
        Assert.Equal("Report 1.PDF", item.GetProperty("meta").Text("originalName"));
        Assert.Equal(("application/pdf", 1), (item.Text("type"), item.GetProperty("size").GetInt32()));
    }

    [Fact]
    public async Task Upload_OfDataUrl_StoresItsBytes()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var answer = await server.PostAsync($"conversation/{id}/attachment/upload", """{"file":"data:text/plain;base64,SGVsbG8="}""");
        Assert.Equal("Hello", await server.Owner.ReadTextAsync($"conversation/{id}/attachment/{answer.Text("name")}/download", "*/*"));
    }

    [Fact]
    public async Task Upload_OfAnnouncedFile_TakesTheBytesOnceByTheSignedAddress()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var answer = await server.PostAsync($"conversation/{id}/attachment/upload", """{"file":{"type":"text/plain","size":5,"name":"a.txt"}}""");
        var upload = answer.GetProperty("uploadRequest");
        Assert.Equal("PUT", upload.Text("method"));
        Assert.Empty((await server.GetAsync($"conversation/{id}/attachment/list")).Ids());
        Assert.Empty((await server.GetAsync($"conversation/{id}/message/list")).Ids());

        using var nobody = server.Server.Client(credential: null);
        var url = new Uri(upload.Text("url")!);
        using var tooMuch = await nobody.PutAsync(url, new StringContent("Hello!"), Token);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooMuch.StatusCode);
        using var stored = await nobody.PutAsync(url, new StringContent("Hello"), Token);
        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        using var again = await nobody.PutAsync(url, new StringContent("Hallo"), Token);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);

        Assert.Equal("Hello", await nobody.GetStringAsync(new Uri(answer.GetProperty("downloadRequest").Text("url")!), Token));
        Assert.Equal(2, (await server.GetAsync($"conversation/{id}/message/list")).Ids().Count);
    }

    [Fact]
    public async Task SignedAddress_IsGoodForADayAndForItsOwnUseOnly()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_767_225_600_000));
        await using var server = await FeatureServer.StartAsync(time);
        var id = await server.CreateConversationAsync();
        var answer = await server.PostAsync($"conversation/{id}/attachment/upload", """{"file":{"type":"text/plain","size":5}}""");
        var (put, get) = (answer.GetProperty("uploadRequest").Text("url")!, answer.GetProperty("downloadRequest").Text("url")!);
        using var nobody = server.Server.Client(credential: null);
        var crossed = new Uri(put[..put.IndexOf('?', StringComparison.Ordinal)] + get[get.IndexOf('?', StringComparison.Ordinal)..]);
        using var refused = await nobody.PutAsync(crossed, new StringContent("Hello"), Token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        time.Advance(TimeSpan.FromHours(25));
        using var late = await nobody.PutAsync(new Uri(put), new StringContent("Hello"), Token);
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Theory]
    [InlineData("""{"file":"data:text/plain;base64,MTIzNDU2Nzg5"}""")]
    [InlineData("""{"file":{"type":"text/plain","size":9}}""")]
    public async Task Upload_OfTooMuch_IsRefusedAndLeavesNothing(string body)
    {
        await using var server = await FeatureServer.StartAsync(settings: SmallFiles);
        var id = await server.CreateConversationAsync();
        using var response = await server.Owner.SendAsync(HttpMethod.Post, $"conversation/{id}/attachment/upload", body);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("CONTENT_TOO_LARGE", JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)).Text("code"));
        Assert.Empty((await server.GetAsync($"conversation/{id}/attachment/list")).Ids());
        Assert.Empty((await server.GetAsync($"conversation/{id}/message/list")).Ids());
        Assert.Empty(FilesOf(server));
    }

    [Fact]
    public async Task Upload_OfTooLargeRawBody_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync(settings: SmallFiles);
        var id = await server.CreateConversationAsync();
        using var content = new ByteArrayContent(new byte[9]);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var response = await server.Owner.PostAsync(new Uri($"/api/v1/conversation/{id}/attachment/upload", UriKind.Relative), content, Token);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(FilesOf(server));
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
        Assert.Contains("not on the public internet", await strict.Owner.FailAsync(
            HttpStatusCode.BadRequest, HttpMethod.Post, $"conversation/{id}/attachment/upload", body), StringComparison.Ordinal);
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
        var expected = new Dictionary<string, HttpStatusCode>
        {
            ["gone"] = HttpStatusCode.BadRequest,
            ["around"] = HttpStatusCode.BadRequest,
            ["long"] = HttpStatusCode.RequestEntityTooLarge,
            ["endless"] = HttpStatusCode.RequestEntityTooLarge,
        };
        foreach (var (path, status) in expected)
        {
            await server.Owner.FailAsync(
                status, HttpMethod.Post, $"conversation/{id}/attachment/upload", $$"""{"file":"{{files.Url}}/{{path}}"}""");
        }

        Assert.Empty(FilesOf(server));
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
        Assert.Contains("\"file", await server.Owner.FailAsync(
            HttpStatusCode.BadRequest, HttpMethod.Post, $"conversation/{id}/attachment/upload", body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_WithTheSameIdempotencyKey_StoresOnceAndRefusesOtherBytes()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var first = await UploadAsync(server.Owner, id, new StringContent("x"), "text/plain", "u1");
        var second = await UploadAsync(server.Owner, id, new StringContent("x"), "text/plain", "u1");
        Assert.Equal(FeatureServer.Id(first), FeatureServer.Id(second));
        Assert.Single(FilesOf(server));
        using var other = await SendAsync(server.Owner, id, new StringContent("y"), "text/plain", "u1");
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Single(FilesOf(server));
    }

    [Fact]
    public async Task Upload_IntoForeignConversation_IsNotFound()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var stranger = await server.StrangerAsync();
        await stranger.FailAsync(HttpStatusCode.NotFound, HttpMethod.Post, $"conversation/{id}/attachment/upload", """{"file":"data:,x"}""");
        await stranger.FailAsync(HttpStatusCode.NotFound, HttpMethod.Get, $"conversation/{id}/attachment/list");
    }

    [Fact]
    public async Task List_PageByPage_EndsWithoutACursor()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        for (var i = 0; i < 3; i++)
            await UploadAsync(server.Owner, id, new StringContent($"{i}"), "text/plain");
        var first = await server.GetAsync($"conversation/{id}/attachment/list?take=2");
        var second = await server.GetAsync($"conversation/{id}/attachment/list?take=2&cursor={first.Text("cursor")}");
        Assert.Equal(3, first.Ids().Concat(second.Ids()).Distinct().Count());
        Assert.False(second.TryGetProperty("cursor", out _));
        var session = await server.SessionAsync(id);
        await session.FailAsync(HttpStatusCode.Unauthorized, HttpMethod.Get, $"conversation/{id}/attachment/list");
    }

    [Fact]
    public async Task Delete_OfTheConversation_RemovesTheFiles()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await UploadAsync(server.Owner, id, new StringContent("x"), "text/plain");
        Assert.Single(FilesOf(server));
        await server.PostAsync($"conversation/{id}/delete", "{}");
        Assert.Empty(FilesOf(server));
    }

    [Fact]
    public async Task Sweep_DeletesWhatNobodyKnowsAfterADay()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(4_102_444_800_000));
        await using var server = await FeatureServer.StartAsync(time);
        var id = await server.CreateConversationAsync();
        var kept = await UploadAsync(server.Owner, id, new StringContent("x"), "text/plain");
        await server.PostAsync($"conversation/{id}/attachment/upload", """{"file":{"type":"text/plain","size":5}}""");
        var files = server.Service<AttachmentFiles>();
        await File.WriteAllTextAsync(files.PathOf("unknown"), "y", Token);
        await File.WriteAllTextAsync(files.PathOf("new"), "z", Token);
        File.SetLastWriteTimeUtc(files.PathOf("new"), time.GetUtcNow().UtcDateTime.AddHours(24));

        time.Advance(TimeSpan.FromHours(25));
        await server.Service<AttachmentSweep>().SweepAsync(Token);

        Assert.Equal(new HashSet<string?> { FeatureServer.Id(kept), "new" }, [.. FilesOf(server).Select(Path.GetFileName)]);
        var rows = await server.Server.Store.ReadAsync((db, token) => db.Attachments.Select(row => row.Id).ToListAsync(token), Token);
        Assert.Equal([FeatureServer.Id(kept)], rows);
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

    private static string[] FilesOf(FeatureServer server)
    {
        var directory = Path.GetDirectoryName(server.Service<AttachmentFiles>().PathOf("x"))!;
        return Directory.Exists(directory) ? Directory.GetFiles(directory) : [];
    }

    private static async Task<JsonElement> UploadAsync(HttpClient client, string id, HttpContent content, string type, string? key = null)
    {
        using var response = await SendAsync(client, id, content, type, key);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Token));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string id, HttpContent content, string type, string? key)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/conversation/{id}/attachment/upload", UriKind.Relative)) { Content = content };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Token);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string id, HttpContent content)
    {
        using var response = await client.PostAsync(new Uri($"/api/v1/conversation/{id}/attachment/upload", UriKind.Relative), content, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }
}
