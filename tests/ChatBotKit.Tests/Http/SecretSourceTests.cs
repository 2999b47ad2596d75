using ChatBotKit.Testing;

namespace ChatBotKit.Tests.Http;

public sealed class SecretSourceTests
{
    private const string Item = """{"id":"x","createdAt":1790000000000,"updatedAt":1790000000000}""";

    [Fact]
    public async Task Provider_IsAsked_ForEveryTry()
    {
        var handler = new ScriptedHandler().Answer("", 503).Answer(Item);
        var given = 0;

        await FetchAsync(handler, _ => ValueTask.FromResult($"sk-{++given}"));

        Assert.Equal(["Bearer sk-1", "Bearer sk-2"], handler.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("sk-a\n")]
    public async Task Provider_OfNoToken_IsRefused_AndNothingIsSent(string? secret)
    {
        var handler = new ScriptedHandler();

        var mistake = await Assert.ThrowsAsync<InvalidOperationException>(() => FetchAsync(handler, _ => ValueTask.FromResult(secret!)));

        Assert.DoesNotContain("sk-a", mistake.ToString(), StringComparison.Ordinal);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task Provider_ThatThrows_TellsItsOwnFailure()
    {
        var failing = new HttpRequestException(HttpRequestError.ConnectionError, "The vault is closed.");

        Assert.Same(failing, await Assert.ThrowsAsync<HttpRequestException>(() => FetchAsync(new ScriptedHandler(), _ => throw failing)));
    }

    [Fact]
    public async Task Provider_ThatHangs_IsNotWaitedForWithoutEnd()
    {
        var options = Clients.Options(new ScriptedHandler()) with
        {
            Timeout = TimeSpan.FromMilliseconds(100),
            Retries = 0,
            SecretProvider = async _ =>
            {
                await Task.Delay(Timeout.Infinite, Clients.Token);
                return "sk-never";
            },
        };

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => new ConversationClient(options).FetchAsync("c1", Clients.Token));

        Assert.Equal(ErrorCodes.Timeout, failure.Code);
        Assert.Contains("SecretProvider", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_ThatAServerRepeats_IsNotShown()
    {
        var handler = new ScriptedHandler().Answer("""{"message":"Unknown token sk-of-the-provider","code":"NOT_AUTHENTICATED"}""", 401);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => FetchAsync(handler, _ => ValueTask.FromResult("sk-of-the-provider")));

        Assert.DoesNotContain("sk-of-the-provider", failure.ToString() + failure.ResponseBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk-a\n")]
    [InlineData("sk a")]
    [InlineData("sk-ä")]
    public void Secret_ThatNoHeaderCanHold_IsAMistakeOfTheProgram(string secret)
    {
        var mistake = Assert.Throws<ArgumentException>(() => new ChatBotKitApi(new ChatBotKitClientOptions { Secret = secret }));

        Assert.DoesNotContain(secret, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_ThatCannotBeSent_IsAMistakeOfTheProgram()
    {
        var options = Clients.Options(new ScriptedHandler()) with { Headers = new Dictionary<string, string> { ["X-Team"] = "a\r\nX-Other: b" } };

        var mistake = await Assert.ThrowsAsync<ArgumentException>(() => new ConversationClient(options).FetchAsync("c1", Clients.Token));

        Assert.Contains("X-Team", mistake.Message, StringComparison.Ordinal);
    }

    private static Task<ConversationItem> FetchAsync(ScriptedHandler handler, Func<CancellationToken, ValueTask<string>> provider) =>
        new ConversationClient(Clients.Options(handler) with { SecretProvider = provider }).FetchAsync("c1", Clients.Token);
}
