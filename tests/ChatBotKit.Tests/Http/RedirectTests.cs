using ChatBotKit.Testing;

namespace ChatBotKit.Tests.Http;

/// <summary>
/// Redirects are not followed, because they would send a request, or its headers, to a server that the caller has not chosen.
/// </summary>
public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_IsNotFollowed_AndNamesItsTarget(int status)
    {
        await using var target = new WireServer(WireServer.Answer(200, "{}"));
        await using var server = new WireServer(
            WireServer.Answer(status, "", "text/html", $"Location: {target.Address}api/v1/here?token=hidden\r\nSet-Cookie: id=1\r\n"));
        var api = Api(server);
        Func<Task>[] calls =
        [
            () => api.Conversation.CreateAsync(cancellationToken: Clients.Token),
            async () => await api.Conversation.ListAsync(cancellationToken: Clients.Token),
            () => api.Conversation.CompleteAsync("c1", new ConversationCompleteMessageRequest { Text = "hi" }, Clients.Token).ToListAsync(),
            () => api.File.DownloadAsync("f1", new MemoryStream(), cancellationToken: Clients.Token),
        ];

        foreach (var call in calls)
        {
            var failure = await Assert.ThrowsAsync<ChatBotKitException>(call);
            Assert.Equal(ClientErrorCodes.InvalidResponse, failure.Code);
            Assert.Equal(status, (int)failure.StatusCode!);
            Assert.False(failure.IsTransient);
            Assert.Contains($"{target.Address}api/v1/here.", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hidden", failure.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(target.Exchanges);
        Assert.All(server.Exchanges, exchange => Assert.Null(exchange.Header("Cookie")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Location: \r\n")]
    [InlineData("Location: mailto:somebody@example.com\r\n")]
    [InlineData("Location: http://[\r\n")]
    public async Task Redirect_ToNoAddress_IsToldAsOne(string headers)
    {
        await using var server = new WireServer(WireServer.Answer(302, "", "text/html", headers));

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Api(server).Conversation.FetchAsync("c1", Clients.Token));

        Assert.Equal(ClientErrorCodes.InvalidResponse, failure.Code);
        Assert.Contains("redirect (302)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RedirectThatABrowserHides_IsToldAsOne()
    {
        var handler = new ScriptedHandler().Answer("", 0);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).Conversation.FetchAsync("c1", Clients.Token));

        Assert.Equal(ClientErrorCodes.InvalidResponse, failure.Code);
        Assert.Contains("redirect", failure.Message, StringComparison.Ordinal);
    }

    private static ChatBotKitApi Api(WireServer server) =>
        new(new ChatBotKitClientOptions { Secret = Clients.Secret, BaseUrl = server.Address, RetryDelay = TimeSpan.Zero });
}
