using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class AddressTests
{
    [Fact]
    public async Task HostedService_IsCalledWithoutThePrefix() =>
        Assert.Equal("https://api.chatbotkit.com/v1/conversation/list", await AddressOfAsync(options => options with { BaseUrl = ChatBotKitClientOptions.DefaultBaseUrl }));

    [Fact]
    public async Task BaseUrl_WithAPath_CountsWithoutIt() =>
        Assert.Equal("https://chat.example.com:8443/api/v1/conversation/list", await AddressOfAsync(options => options with { BaseUrl = new Uri("https://chat.example.com:8443/some/path?x=1") }));

    [Fact]
    public async Task HostAndProtocol_ReplaceThoseOfTheBaseUrl() =>
        Assert.Equal("https://chat.example.com:9000/api/v1/conversation/list", await AddressOfAsync(options => options with { BaseUrl = new Uri("http://localhost"), Host = "chat.example.com:9000", Protocol = "https:" }));

    [Fact]
    public async Task Protocol_Alone_UsesItsOwnPort() =>
        Assert.Equal("https://localhost/api/v1/conversation/list", await AddressOfAsync(options => options with { BaseUrl = new Uri("http://localhost"), Protocol = "https" }));

    [Fact]
    public async Task Endpoint_OfARoute_ReplacesIt() =>
        Assert.Equal(
            "http://localhost:8080/mine/list?take=1",
            await AddressOfAsync(options => options with { Endpoints = new Dictionary<string, string> { ["/api/v1/conversation/list"] = "/mine/list" } }, take: 1));

    [Fact]
    public async Task Endpoint_WithPlaceholders_TakesTheIds()
    {
        var handler = new ScriptedHandler().Answer("""{"id":"c1"}""");
        var options = Clients.Options(handler) with
        {
            Endpoints = new Dictionary<string, string> { ["/api/v1/conversation/{conversationId}/delete"] = "https://other.example.com/c/{conversationId}" },
        };

        await new ConversationClient(options).DeleteAsync("a b", Clients.Token);

        Assert.Equal("https://other.example.com/c/a%20b", handler.Requests[0].Url.AbsoluteUri);
    }

    [Fact]
    public async Task Headers_OfTheOptions_AreSent()
    {
        var handler = new ScriptedHandler().Answer("""{"items":[]}""");
        var options = Clients.Options(handler) with
        {
            RunAsUserId = "u1",
            RunAsChildUserEmail = "child@example.com",
            Timezone = "Europe/Sofia",
            Headers = new Dictionary<string, string> { ["X-Mine"] = "1" },
        };

        await new ConversationClient(options).ListAsync(cancellationToken: Clients.Token);

        var headers = handler.Requests[0].Headers;
        Assert.Equal(("u1", "child@example.com", "Europe/Sofia", "1"), (headers["X-RunAs-User-Id"], headers["X-RunAs-Child-User-Email"], headers["X-Timezone"], headers["X-Mine"]));
    }

    [Fact]
    public async Task Client_WithoutSecret_SendsNoCredential()
    {
        var handler = new ScriptedHandler().Answer("""{"items":[]}""");

        await new ConversationClient(Clients.Options(handler) with { Secret = "" }).ListAsync(cancellationToken: Clients.Token);

        Assert.False(handler.Requests[0].Headers.ContainsKey("Authorization"));
    }

    private static async Task<string> AddressOfAsync(Func<ChatBotKitClientOptions, ChatBotKitClientOptions> change, int? take = null)
    {
        var handler = new ScriptedHandler().Answer("""{"items":[]}""");
        await new ConversationClient(change(Clients.Options(handler))).ListAsync(new ConversationListRequest { Take = take }, Clients.Token);
        return handler.Requests[0].Url.AbsoluteUri;
    }
}
