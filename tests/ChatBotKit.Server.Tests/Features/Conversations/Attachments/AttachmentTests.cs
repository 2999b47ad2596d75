using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ChatBotKit.Server.Tests.Features;

public sealed class AttachmentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Download_OfARangeThatIsNotThere_Is416WithAnErrorBody()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var name = (await server.Owner.UploadAsync(id, new ByteArrayContent([1, 2, 3]), "text/plain")).Text("name");

        using var answer = await server.Owner.SendAsync(
            HttpMethod.Get, $"conversation/{id}/attachment/{name}/download", headers: ("Range", "bytes=999-"));

        await answer.AssertRefusedAsync("416 BAD_REQUEST");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Upload_OfRawBody_CanBeDownloadedByTheOwnerAndByTheSignedAddress()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var answer = await server.Owner.UploadAsync(id, new ByteArrayContent([1, 2, 3]), "image/png");
        var name = answer.Text("name")!;
        Assert.Equal($"{ApiJson.Id(answer)}.png", name);

        using var own = await server.Owner.SendAsync(HttpMethod.Get, $"conversation/{id}/attachment/{name}/download");
        Assert.Equal([1, 2, 3], await own.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("image/png", own.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", own.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(["nosniff"], own.Headers.GetValues("X-Content-Type-Options"));

        using var nobody = server.Server.Client(credential: null);
        using var signed = await nobody.SendAsync(HttpMethod.Get, answer.GetProperty("downloadRequest").Text("url")!);
        Assert.Equal([1, 2, 3], await signed.Content.ReadAsByteArrayAsync(Token));
        await nobody.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, $"conversation/{id}/attachment/{name}/download");
        await nobody.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, $"conversation/{id}/attachment/{name}/download?token=forged");
        var stranger = await server.StrangerAsync();
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"conversation/{id}/attachment/{name}/download");
    }

    [Fact]
    public async Task Upload_TellsTheConversationOnceTheBytesAreThere()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var answer = await server.Owner.UploadAsync(id, new StringContent("x"), "text/plain");
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
        var answer = await session.PostFormAsync(id, form);
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
        var url = upload.Text("url")!;
        await nobody.AssertRefusedAsync("413 CONTENT_TOO_LARGE", HttpMethod.Put, url, new StringContent("Hello!"));
        await nobody.ReadAsync(HttpMethod.Put, url, new StringContent("Hello"));
        await nobody.AssertRefusedAsync("409 CONFLICT", HttpMethod.Put, url, new StringContent("Hallo"));

        Assert.Equal("Hello", await nobody.ReadTextAsync(answer.GetProperty("downloadRequest").Text("url")!));
        Assert.Equal(2, (await server.GetAsync($"conversation/{id}/message/list")).Ids().Count);
    }

    [Fact]
    public async Task Upload_OfAnnouncedFile_ByManyAtOnce_IsTheFirstOnes()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var answer = await server.PostAsync($"conversation/{id}/attachment/upload", """{"file":{"type":"text/plain","size":9}}""");
        using var nobody = server.Server.Client(credential: null);
        var url = answer.GetProperty("uploadRequest").Text("url")!;
        var end = new TaskCompletionSource();
        var uploads = Enumerable.Range(0, 6).Select(i => nobody.SendAsync(HttpMethod.Put, url, new UnfinishedContent($"{i}", end.Task))).ToList();
        // Both requests were accepted before their bytes arrive.
        while ((await server.FilesAsync()).Count < uploads.Count)
            Assert.All(uploads, upload => Assert.False(upload.IsCompleted));
        end.SetResult();

        var answers = await Task.WhenAll(uploads);
        var winner = Assert.Single(answers.Index(), one => one.Item.IsSuccessStatusCode).Index;
        await Assert.AllAsync(answers.Where((_, index) => index != winner), loser => loser.AssertRefusedAsync("409 CONFLICT"));
        Assert.Equal($"{winner}, end", await nobody.ReadTextAsync(answer.GetProperty("downloadRequest").Text("url")!));
        Assert.Equal(2, (await server.GetAsync($"conversation/{id}/message/list")).Ids().Count);
    }

    [Fact]
    public async Task List_AlwaysHasACursor_AndEndsWithAnEmptyPage()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        for (var i = 0; i < 3; i++)
            await server.Owner.UploadAsync(id, new StringContent($"{i}"), "text/plain");
        var first = await server.GetAsync($"conversation/{id}/attachment/list?take=2");
        var second = await server.GetAsync($"conversation/{id}/attachment/list?take=2&cursor={first.Text("cursor")}");
        Assert.Equal(3, first.Ids().Concat(second.Ids()).Distinct().Count());
        var end = await server.GetAsync($"conversation/{id}/attachment/list?take=2&cursor={second.Text("cursor")}");
        Assert.Equal((0, ""), (end.Ids().Count, end.Text("cursor")));
        var session = await server.SessionAsync(id);
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, $"conversation/{id}/attachment/list");
    }

    /// <summary>Sends the beginning of a body, and the rest when the test says so.</summary>
    private sealed class UnfinishedContent(string begin, Task end) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(begin), Token);
            await stream.FlushAsync(Token);
            await end.WaitAsync(TimeSpan.FromSeconds(120), Token);
            await stream.WriteAsync(", end"u8.ToArray(), Token);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
