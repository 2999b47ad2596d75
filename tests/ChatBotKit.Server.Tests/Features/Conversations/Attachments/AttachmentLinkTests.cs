using System.Text.Json;
using ChatBotKit.Server.Tests.Security;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>A signed address expires after some minutes, and ends with the session that got it.</summary>
public sealed class AttachmentLinkTests : IAsyncLifetime
{
    private const string File = """{"file":{"type":"text/plain","size":5,"name":"a.txt"}}""";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_767_225_600_000));
    private FeatureServer _server = null!;
    private HttpClient _nobody = null!;
    private string _conversation = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(_time);
        _nobody = _server.Server.Client(credential: null);
        _conversation = await _server.CreateConversationAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _nobody.Dispose();
        await _server.DisposeAsync();
    }

    public static TheoryData<string> Ends => ["revoked", "revoked by its holder", "expired", "conversation deleted", "minutes"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Address_EndsWithItsSession(string how)
    {
        var session = await _server.Server.MintAsync(_conversation, """{"durationInSeconds":1800}""");
        if (how == "expired")
            _time.Advance(TimeSpan.FromMinutes(20));
        var stored = await _server.Server.Client(session.Token).UploadAsync(_conversation, new StringContent("Hello"), "text/plain");
        var announced = await session.Holder.ReadAsync(HttpMethod.Post, $"conversation/{_conversation}/attachment/upload", File);
        Assert.Equal("200", await DownloadAsync(UrlOf(stored, "downloadRequest")));

        await EndAsync(session, how);

        Assert.Equal("401 NOT_AUTHENTICATED", await DownloadAsync(UrlOf(stored, "downloadRequest")));
        Assert.Equal("401 NOT_AUTHENTICATED", await UploadAsync(UrlOf(announced, "uploadRequest")));
    }

    [Fact]
    public async Task Address_OfTheOwner_EndsAfterMinutesAndWithTheConversation()
    {
        var stored = await _server.Owner.UploadAsync(_conversation, new StringContent("Hello"), "text/plain");
        var announced = await _server.PostAsync($"conversation/{_conversation}/attachment/upload", File);
        _time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal("200", await DownloadAsync(UrlOf(stored, "downloadRequest")));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("401 NOT_AUTHENTICATED", await DownloadAsync(UrlOf(stored, "downloadRequest")));
        Assert.Equal("401 NOT_AUTHENTICATED", await UploadAsync(UrlOf(announced, "uploadRequest")));

        var late = await _server.Owner.UploadAsync(_conversation, new StringContent("Hello"), "text/plain");
        await _server.PostAsync($"conversation/{_conversation}/delete", "{}");
        Assert.Equal("404 NOT_FOUND", await DownloadAsync(UrlOf(late, "downloadRequest")));
    }

    [Fact]
    public async Task Address_OfARefreshedSession_GoesOn()
    {
        var session = await _server.Server.MintAsync(_conversation, """{"durationInSeconds":1800,"refreshable":true}""");
        var stored = await session.Holder.UploadAsync(_conversation, new StringContent("Hello"), "text/plain");

        await session.RefreshAsync();

        Assert.Equal("200", await DownloadAsync(UrlOf(stored, "downloadRequest")));
    }

    [Theory]
    [InlineData("https://shop.example", "200")]
    [InlineData("https://evil.example", "403 ORIGIN_NOT_ALLOWED")]
    [InlineData(null, "200")]
    public async Task Address_IsBoundToThePagesOfItsSession(string? origin, string expected)
    {
        var session = await _server.Server.MintAsync(_conversation, """{"origins":["https://shop.example"]}""");
        var stored = await session.Holder.UploadAsync(_conversation, new StringContent("Hello"), "text/plain");

        using var answer = await _nobody.SendAsync(
            HttpMethod.Get, UrlOf(stored, "downloadRequest"), headers: origin is null ? [] : [("Origin", origin)]);

        Assert.Equal(expected, await answer.CodeAsync());
    }

    [Fact]
    public async Task Address_OfAContactsSession_IsRefusedWhileTheConversationIsWithAnother()
    {
        var first = await _server.PostAsync($"conversation/{_conversation}/contact/upsert", """{"name":"Ada"}""");
        var elsewhere = await _server.CreateConversationAsync();
        var second = await _server.PostAsync($"conversation/{elsewhere}/contact/upsert", """{"name":"Eve"}""");
        var session = await _server.Server.MintAsync(_conversation);
        var stored = await session.Holder.UploadAsync(_conversation, new StringContent("Hello"), "text/plain");
        var announced = await session.Holder.ReadAsync(HttpMethod.Post, $"conversation/{_conversation}/attachment/upload", File);

        await GiveToAsync(second);

        Assert.Equal("403 CONTACT_MISMATCH", await DownloadAsync(UrlOf(stored, "downloadRequest")));
        Assert.Equal("403 CONTACT_MISMATCH", await UploadAsync(UrlOf(announced, "uploadRequest")));
        await GiveToAsync(first);
        Assert.Equal("200", await DownloadAsync(UrlOf(stored, "downloadRequest")));
        Assert.Equal("200", await UploadAsync(UrlOf(announced, "uploadRequest")));
    }

    [Fact]
    public async Task Address_IsGoodForItsOwnFileOnly()
    {
        var stored = await _server.Owner.UploadAsync(_conversation, new StringContent("Hello"), "text/plain");
        var other = await _server.Owner.UploadAsync(_conversation, new StringContent("Hallo"), "text/plain");
        var announced = await _server.PostAsync($"conversation/{_conversation}/attachment/upload", File);
        var late = await _server.PostAsync($"conversation/{_conversation}/attachment/upload", File);

        Assert.Equal("401 NOT_AUTHENTICATED", await DownloadAsync(WithTokenOf(UrlOf(stored, "downloadRequest"), UrlOf(other, "downloadRequest"))));
        Assert.Equal("401 NOT_AUTHENTICATED", await UploadAsync(WithTokenOf(UrlOf(announced, "uploadRequest"), UrlOf(late, "uploadRequest"))));
    }

    [Fact]
    public async Task Address_IsGoodForItsOwnUseOnly()
    {
        var file = await _server.PostAsync($"conversation/{_conversation}/attachment/upload", File);
        var (put, get) = (UrlOf(file, "uploadRequest"), UrlOf(file, "downloadRequest"));

        Assert.Equal("401 NOT_AUTHENTICATED", await UploadAsync(WithTokenOf(put, get)));
        Assert.Equal("200", await UploadAsync(put));
        Assert.Equal("401 NOT_AUTHENTICATED", await DownloadAsync(WithTokenOf(get, put)));
        Assert.Equal("200", await DownloadAsync(get));
    }

    [Theory]
    [InlineData("Zeugnis \"2\" für Zoë 🐈.txt", "Zeugnis \"2\" für Zoë 🐈.txt")]
    [InlineData("one\r\nSet-Cookie: a=b; c.txt", "one\r\nSet-Cookie: a=b; c.txt")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\papers\\a.txt", "a.txt")]
    [InlineData(null, null)]
    public async Task Address_GivesTheFileUnderTheNameThatItCameWith(string? given, string? expected)
    {
        var description = JsonSerializer.Serialize(new { file = new { type = "text/plain", size = 5, name = given } });
        var file = await _server.PostAsync($"conversation/{_conversation}/attachment/upload", description);
        Assert.Equal("200", await UploadAsync(UrlOf(file, "uploadRequest")));

        using var answer = await _nobody.SendAsync(HttpMethod.Get, UrlOf(file, "downloadRequest"));

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(expected ?? file.Text("name"), answer.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task RepeatedUpload_GetsAddressesThatAreGood()
    {
        var path = $"conversation/{_conversation}/attachment/upload";
        var first = await _server.Owner.ReadAsync(HttpMethod.Post, path, File, key: "k1");
        _time.Advance(TimeSpan.FromHours(1));

        var again = await _server.Owner.ReadAsync(HttpMethod.Post, path, File, key: "k1");

        Assert.Equal(ApiJson.Id(first), ApiJson.Id(again));
        Assert.Equal("401 NOT_AUTHENTICATED", await UploadAsync(UrlOf(first, "uploadRequest")));
        Assert.Equal("200", await UploadAsync(UrlOf(again, "uploadRequest")));
        var afterwards = await _server.Owner.ReadAsync(HttpMethod.Post, path, File, key: "k1");
        Assert.False(afterwards.TryGetProperty("uploadRequest", out _));
        Assert.Equal("200", await DownloadAsync(UrlOf(afterwards, "downloadRequest")));
    }

    private async Task EndAsync(MintedSession session, string how)
    {
        if (how == "revoked")
            await _server.PostAsync(session.Path("revoke"), "{}");
        else if (how == "revoked by its holder")
            await session.Holder.ReadAsync(HttpMethod.Post, session.Path("revoke"), "{}");
        else if (how == "conversation deleted")
            await _server.PostAsync($"conversation/{_conversation}/delete", "{}");
        else
            _time.Advance(TimeSpan.FromMinutes(how == "expired" ? 11 : 16));
    }

    /// <summary>Moves the conversation to another contact.</summary>
    private Task<JsonElement> GiveToAsync(JsonElement contact) =>
        _server.PostAsync($"conversation/{_conversation}/update", $$"""{"contactId":"{{ApiJson.Id(contact)}}"}""");

    private static string WithTokenOf(string address, string other) => address.Split('?')[0] + new Uri(other).Query;

    private static string UrlOf(JsonElement answer, string name) => answer.GetProperty(name).Text("url")!;

    private Task<string> DownloadAsync(string address) => _nobody.CodeAsync(HttpMethod.Get, address);

    private Task<string> UploadAsync(string address) => _nobody.CodeAsync(HttpMethod.Put, address, new StringContent("Hello"));
}
