using System.Net;

namespace ChatBotKit.Tests.Http;

public sealed class LoopbackTests
{
    [Theory]
    [InlineData("http://localhost:8080/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://api.localhost/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.8.9.1/")]
    [InlineData("http://[::1]:8080/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:127.8.9.1]/")]
    public void ThisMachine_IsCalledPastTheProxy(string address)
    {
        Assert.True(Bypass.IsBypassed(new Uri(address)));
        Assert.Null(Bypass.GetProxy(new Uri(address)));
    }

    [Theory]
    [InlineData("http://chat.example/")]
    [InlineData("http://localhost.example/")]
    [InlineData("http://128.0.0.1/")]
    [InlineData("http://10.0.0.1/")]
    public void OtherMachines_AreCalledThroughTheProxy(string address) =>
        Assert.Equal("http://proxy.example:3128/", Bypass.GetProxy(new Uri(address))!.AbsoluteUri);

    [Fact]
    public async Task Refusal_OfAProxy_NamesIt_WithoutItsPassword()
    {
        await using var proxy = new WireServer(WireServer.Answer(403, "<html>No.</html>", "text/html"));
        using var handler = HttpHandlers.Configure(new SocketsHttpHandler());
        handler.Proxy = new LoopbackBypass(() => new WebProxy(new UriBuilder(proxy.Address) { UserName = "me", Password = "proxy-secret" }.Uri));
        using var http = new HttpClient(new RouteNotes { InnerHandler = handler });
        var client = new ConversationClient(new ChatBotKitClientOptions { Secret = Clients.Secret, BaseUrl = new Uri("http://chat.invalid"), HttpClient = http });

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => client.FetchAsync("c1", Clients.Token));

        Assert.Contains(proxy.Address.Authority, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy-secret", failure.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("GET http://chat.invalid/", Assert.Single(proxy.Exchanges).Line, StringComparison.Ordinal);
    }

    private static LoopbackBypass Bypass { get; } = new(() => new WebProxy("http://proxy.example:3128"));
}
