namespace ChatBotKit.Tests.Http;

public sealed class UserAgentTests
{
    private const string Item = """{"id":"x","createdAt":1790000000000,"updatedAt":1790000000000,"items":[]}""";

    [Fact]
    public async Task Request_NamesProductAndVersion() =>
        Assert.Matches(@"^ChatBotKit/\d+\.\d+\.\d+$", await SentAsync(options => options));

    [Fact]
    public async Task OwnName_InTheHeadersOfTheOptions_Stays() => Assert.Equal(
        "shop/7", await SentAsync(options => options with { Headers = new Dictionary<string, string> { ["User-Agent"] = "shop/7" } }));

    [Fact]
    public async Task OwnName_OfTheHttpClient_Stays()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.UserAgent.ParseAdd("shop/8");

        Assert.Equal("shop/8", await SentAsync(options => options with { HttpClient = http }));
    }

    [Fact]
    public async Task OwnHttpClient_WithoutName_GetsOurs()
    {
        using var http = new HttpClient { BaseAddress = new Uri("http://elsewhere.invalid/") };

        Assert.StartsWith("ChatBotKit/", await SentAsync(options => options with { HttpClient = http }), StringComparison.Ordinal);
    }

    private static async Task<string?> SentAsync(Func<ChatBotKitClientOptions, ChatBotKitClientOptions> change)
    {
        await using var server = new WireServer(WireServer.Answer(200, Item));
        var options = change(new ChatBotKitClientOptions { Secret = Clients.Secret, BaseUrl = server.Address });

        await new ConversationClient(options).FetchAsync("c1", Clients.Token);

        return Assert.Single(server.Exchanges).Header("User-Agent");
    }
}
