using System.Net;
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

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
        Assert.Equal(HttpStatusCode.OK, await GetAsync(UrlOf(stored, "downloadRequest")));

        await EndAsync(session, how);

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(UrlOf(stored, "downloadRequest")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PutAsync(UrlOf(announced, "uploadRequest")));
    }

    [Fact]
    public async Task Address_OfTheOwner_EndsAfterMinutesAndWithTheConversation()
    {
        var stored = await _server.Owner.UploadAsync(_conversation, new StringContent("Hello"), "text/plain");
        var announced = await _server.PostAsync($"conversation/{_conversation}/attachment/upload", File);
        _time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(UrlOf(stored, "downloadRequest")));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(UrlOf(stored, "downloadRequest")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PutAsync(UrlOf(announced, "uploadRequest")));

        var late = await _server.Owner.UploadAsync(_conversation, new StringContent("Hello"), "text/plain");
        await _server.PostAsync($"conversation/{_conversation}/delete", "{}");
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(UrlOf(late, "downloadRequest")));
    }

    [Fact]
    public async Task Address_OfARefreshedSession_GoesOn()
    {
        var session = await _server.Server.MintAsync(_conversation, """{"durationInSeconds":1800,"refreshable":true}""");
        var stored = await session.Holder.UploadAsync(_conversation, new StringContent("Hello"), "text/plain");

        await session.RefreshAsync();

        Assert.Equal(HttpStatusCode.OK, await GetAsync(UrlOf(stored, "downloadRequest")));
    }

    [Theory]
    [InlineData("https://shop.example", HttpStatusCode.OK)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task Address_IsBoundToThePagesOfItsSession(string? origin, HttpStatusCode expected)
    {
        var session = await _server.Server.MintAsync(_conversation, """{"origins":["https://shop.example"]}""");
        var stored = await session.Holder.UploadAsync(_conversation, new StringContent("Hello"), "text/plain");
        using var request = new HttpRequestMessage(HttpMethod.Get, UrlOf(stored, "downloadRequest"));
        if (origin is not null)
            request.Headers.Add("Origin", origin);

        using var answer = await _nobody.SendAsync(request, Token);

        Assert.Equal(expected, answer.StatusCode);
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

        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(UrlOf(stored, "downloadRequest")));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(UrlOf(announced, "uploadRequest")));
        await GiveToAsync(first);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(UrlOf(stored, "downloadRequest")));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(UrlOf(announced, "uploadRequest")));
    }

    [Fact]
    public async Task Address_IsGoodForItsOwnFileOnly()
    {
        var stored = await _server.Owner.UploadAsync(_conversation, new StringContent("Hello"), "text/plain");
        var other = await _server.Owner.UploadAsync(_conversation, new StringContent("Hallo"), "text/plain");
        var announced = await _server.PostAsync($"conversation/{_conversation}/attachment/upload", File);
        var late = await _server.PostAsync($"conversation/{_conversation}/attachment/upload", File);

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(WithTokenOf(UrlOf(stored, "downloadRequest"), UrlOf(other, "downloadRequest"))));
        Assert.Equal(HttpStatusCode.Unauthorized, await PutAsync(WithTokenOf(UrlOf(announced, "uploadRequest"), UrlOf(late, "uploadRequest"))));
    }

    [Fact]
    public async Task Address_IsGoodForItsOwnUseOnly()
    {
        var file = await _server.PostAsync($"conversation/{_conversation}/attachment/upload", File);
        var (put, get) = (UrlOf(file, "uploadRequest"), UrlOf(file, "downloadRequest"));

        Assert.Equal(HttpStatusCode.Unauthorized, await PutAsync(WithTokenOf(put, get)));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(put));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(WithTokenOf(get, put)));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(get));
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
        Assert.Equal(HttpStatusCode.OK, await PutAsync(UrlOf(file, "uploadRequest")));

        using var answer = await _nobody.GetAsync(UrlOf(file, "downloadRequest"), Token);

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

        Assert.Equal(FeatureServer.Id(first), FeatureServer.Id(again));
        Assert.Equal(HttpStatusCode.Unauthorized, await PutAsync(UrlOf(first, "uploadRequest")));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(UrlOf(again, "uploadRequest")));
        var afterwards = await _server.Owner.ReadAsync(HttpMethod.Post, path, File, key: "k1");
        Assert.False(afterwards.TryGetProperty("uploadRequest", out _));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(UrlOf(afterwards, "downloadRequest")));
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
        _server.PostAsync($"conversation/{_conversation}/update", $$"""{"contactId":"{{FeatureServer.Id(contact)}}"}""");

    private static Uri WithTokenOf(Uri address, Uri other) => new(address.GetLeftPart(UriPartial.Path) + other.Query);

    private static Uri UrlOf(JsonElement answer, string name) => new(answer.GetProperty(name).Text("url")!);

    private async Task<HttpStatusCode> GetAsync(Uri address)
    {
        using var answer = await _nobody.GetAsync(address, Token);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> PutAsync(Uri address)
    {
        using var answer = await _nobody.PutAsync(address, new StringContent("Hello"), Token);
        return answer.StatusCode;
    }
}
