using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class AddressTests
{
    [Fact]
    public async Task HostedService_IsCalledWithoutThePrefix() =>
        Assert.Equal("https://api.chatbotkit.com/v1/conversation/list", await AddressOfAsync(options => options with { BaseUrl = ChatBotKitClientOptions.DefaultBaseUrl }));

    [Theory]
    [InlineData("https://chat.example.com:8443/bots")]
    [InlineData("https://chat.example.com:8443/bots/?x=1#y")]
    [InlineData("https://me:word@chat.example.com:8443/bots/")]
    public async Task BaseUrl_WithAPath_PutsItInFront(string url) =>
        Assert.Equal("https://chat.example.com:8443/bots/api/v1/conversation/list", await AddressOfAsync(options => options with { BaseUrl = new Uri(url) }));

    [Fact]
    public async Task BaseUrl_OfTheHostedService_CountsWithoutAPath() =>
        Assert.Equal("https://api.chatbotkit.com/v1/conversation/list", await AddressOfAsync(options => options with { BaseUrl = new Uri("https://api.chatbotkit.com/api/v1") }));

    [Fact]
    public void BaseUrl_ThatIsNoAddress_IsAMistakeOfTheProgram() =>
        Assert.Throws<ArgumentException>(() => new ChatBotKitApi(new ChatBotKitClientOptions { BaseUrl = new Uri("chat.example.com", UriKind.Relative) }));

    [Theory]
    [InlineData("//evil.example/x", "http://localhost:8080//evil.example/x")]
    [InlineData("/api/v1/x?a=b", "http://localhost:8080/api/v1/x?a=b")]
    public async Task Path_NeverNamesAnotherHost(string path, string address)
    {
        var handler = new ScriptedHandler().Answer("{}");

        await Clients.Api(handler).ClientFetch<System.Text.Json.JsonElement, System.Text.Json.JsonElement>(path);

        Assert.Equal(address, handler.Requests[0].Url.AbsoluteUri);
    }

    [Fact]
    public async Task Stream_ThatIsResumed_KeepsThePath()
    {
        var run = ScriptedRun.Saying("Hi there").Numbered().ToLines();
        var first = run[..(run.IndexOf('\n', StringComparison.Ordinal) + 1)];
        var handler = new ScriptedHandler().Stream(ScriptedStream.Broken(first), headers: ("X-Run-Id", "r1")).Lines(run, ("X-Run-Id", "r1"));
        var api = new ChatBotKitApi(Clients.Options(handler) with { BaseUrl = new Uri("http://localhost:8080/bots/") });

        await api.Conversation.CompleteAsync("c1", new ConversationCompleteMessageRequest { Text = "hi" }, Clients.Token).ToListAsync();

        Assert.StartsWith("/bots/api/v1/conversation/c1/run/r1/stream", handler.Requests[1].Url.PathAndQuery, StringComparison.Ordinal);
    }

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
