namespace ChatBotKit.Server.Tests.Features;

/// <summary>Operations that need the service of a vendor.</summary>
public sealed class VendorTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private HttpClient _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync();
        _owner = _server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("slack", """{"channel":"a","text":"b"}""")]
    [InlineData("discord", """{"channelId":"a","text":"b"}""")]
    [InlineData("telegram", """{"chatId":"a","text":"b"}""")]
    [InlineData("whatsapp", """{"to":"a","text":"b"}""")]
    [InlineData("messenger", """{"pageId":"a","recipientId":"c","text":"b"}""")]
    [InlineData("instagram", """{"instagramUserId":"a","recipientId":"c","text":"b"}""")]
    [InlineData("twilio", """{"from":"a","to":"c","text":"b"}""")]
    [InlineData("email", """{"email":"a@example.org","subject":"c","text":"b"}""")]
    [InlineData("googlechat", """{"text":"b"}""")]
    [InlineData("microsoftteams", """{"conversationId":"a","text":"b"}""")]
    public async Task Channel_IsRefusedWithASentence(string kind, string body)
    {
        var id = ApiJson.Id(await _owner.ReadAsync(HttpMethod.Post, $"integration/{kind}/create", "{}"));

        await _owner.AssertRefusedAsync("422 UNPROCESSABLE_ENTITY: This server does not connect to *", HttpMethod.Post, $"integration/{kind}/{id}/setup", "{}");
        await _owner.AssertRefusedAsync("422 UNPROCESSABLE_ENTITY: This server does not connect to *", HttpMethod.Post, $"integration/{kind}/{id}/initiate", body);
        await _owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"integration/{kind}/{id}/initiate", "{}");
        await _owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"integration/{kind}/nothing/initiate", body);
        await _owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"integration/{kind}/nothing/setup", "{}");
    }

    [Fact]
    public async Task Notion_AndRecall_AreRefused()
    {
        var notion = ApiJson.Id(await _owner.ReadAsync(HttpMethod.Post, "integration/notion/create", "{}"));

        await _owner.AssertRefusedAsync("422 UNPROCESSABLE_ENTITY", HttpMethod.Post, $"integration/notion/{notion}/sync", "{}");
        await _owner.AssertRefusedAsync(
            "422 UNPROCESSABLE_ENTITY: This server does not connect to Recall*", HttpMethod.Post, "integration/recall/any/initiate", """{"meetingUrl":"https://example.org","text":"a"}""");
    }
}
