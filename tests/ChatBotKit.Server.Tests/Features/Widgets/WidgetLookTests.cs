using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The pictures of a widget, and the question for a contact, as visitors get them.</summary>
public sealed class WidgetLookTests : IAsyncLifetime
{
    private const string Ann = """{"contact":{"name":"Ann","email":"ann@shop.example"}}""";

    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private FeatureServer _server = null!;
    private string _widget = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync();
        var bot = ApiJson.Id(await _server.PostAsync("bot/create", """{"model":"extractive","backstory":"We open at nine."}"""));
        _widget = ApiJson.Id(await _server.PostAsync("integration/widget/create", $$"""{"botId":"{{bot}}","contactCollection":true}"""));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Visitor_IsAskedForTheContact_UntilTheConversationHasOne()
    {
        var answer = await MintAsync("{}");
        Assert.True(IsAsked(answer));
        Assert.False(IsAsked(await MintAsync(Ann)));
        Assert.True(IsAsked(await MintAsync(ResumeOf(answer))));

        using var visitor = _server.Server.Client(answer.Text("token"));
        await visitor.ReadAsync(HttpMethod.Post, $"conversation/{answer.Text("conversationId")}/contact/upsert", """{"name":"Ann","email":"ann@shop.example"}""");

        Assert.False(IsAsked(await MintAsync(ResumeOf(answer))));
        var contact = Assert.Single((await _server.GetAsync("contact/list")).Items());
        Assert.Equal(("Ann", "ann@shop.example"), (contact.Text("name"), contact.Text("email")));
        await _server.PostAsync($"integration/widget/{_widget}/update", """{"contactCollection":false}""");
        Assert.False(IsAsked(await MintAsync("{}")));
    }

    [Fact]
    public async Task Picture_IsLoadedByAnyPage_WithoutACredential_AndIsKept()
    {
        var file = await _server.CreateFileAsync();
        await UploadAsync(file, "image/png", Png);
        await AttachAsync(file, "bot");
        await AttachAsync(file, "bar");

        var pictures = await PicturesAsync();

        Assert.Equal(["bar", "bot"], pictures!.Keys);
        using var page = _server.Server.Client(credential: null);
        using var answer = await page.SendAsync(HttpMethod.Get, pictures["bot"], headers: [("Origin", "https://shop.example")]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Png, await answer.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        // The file itself stays private.
        await page.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, $"file/{file}/download");
    }

    [Fact]
    public async Task Picture_WithOtherBytes_HasAnotherAddress_AndOneThatIsDetachedHasNone()
    {
        var file = await _server.CreateFileAsync();
        await UploadAsync(file, "image/png", Png);
        await AttachAsync(file, "button");
        var before = (await PicturesAsync())!["button"];

        await UploadAsync(file, "image/png", [.. Png, 1]);
        var after = (await PicturesAsync())!["button"];
        Assert.NotEqual(before, after);
        using var page = _server.Server.Client(credential: null);
        await page.AssertRefusedAsync("404 NOT_FOUND: Picture not found", HttpMethod.Get, before);

        await _server.PostAsync($"integration/widget/{_widget}/file/{file}/detach", "{}");
        Assert.Null(await PicturesAsync());
        await page.AssertRefusedAsync("404 NOT_FOUND: Picture not found", HttpMethod.Get, after);
    }

    [Theory]
    [InlineData("image/svg+xml", 8)]
    [InlineData("text/html", 8)]
    [InlineData("image/png", 1_000_001)]
    [InlineData(null, 0)]
    public async Task File_ThatIsNoPicture_IsShownToNobody(string? type, int size)
    {
        var file = await _server.CreateFileAsync();
        if (type is not null)
            await UploadAsync(file, type, new byte[size]);
        await AttachAsync(file, "user");

        Assert.Null(await PicturesAsync());
    }

    private static bool IsAsked(JsonElement answer) => answer.GetProperty("widget").GetProperty("contactCollection").GetBoolean();

    private static string ResumeOf(JsonElement answer) => $$"""{"resumeKey":"{{answer.Text("resumeKey")}}"}""";

    private async Task<JsonElement> MintAsync(string body)
    {
        using var visitor = _server.Server.Client(credential: null);
        return await visitor.ReadAsync(HttpMethod.Post, $"integration/widget/{_widget}/session/create", body);
    }

    private async Task<Dictionary<string, string>?> PicturesAsync() =>
        (await MintAsync("{}")).GetProperty("widget").TryGetProperty("pictures", out var pictures) ? pictures.Deserialize<Dictionary<string, string>>() : null;

    private Task<JsonElement> AttachAsync(string file, string place) =>
        _server.PostAsync($"integration/widget/{_widget}/file/{file}/attach", $$"""{"type":"{{place}}"}""");

    private async Task UploadAsync(string file, string type, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await _server.Owner.SendAsync(HttpMethod.Post, $"file/{file}/upload", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
