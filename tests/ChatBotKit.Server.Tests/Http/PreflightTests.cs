namespace ChatBotKit.Server.Tests.Http;

/// <summary>The permissions of pages of other origins, by route.</summary>
public sealed class PreflightTests
{
    private const string Shop = "https://shop.example";
    private const string Evil = "https://evil.example";

    private static readonly Dictionary<string, string?> BoundToShop = new() { ["CHATBOTKIT_ALLOWED_ORIGINS"] = Shop };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Headers_ThatATracingLibraryAdds_AreAllowed()
    {
        await using var server = await ServerFactory.StartAsync();
        string[] asked = ["authorization", "content-type", "sentry-trace", "baggage", "traceparent", "tracestate", "request-id", "cache-control"];

        using var answer = await server.PreflightAsync("/v1/conversation/x/complete", Shop, string.Join(',', asked));

        var allowed = AllowedHeaders(answer);
        Assert.All(asked, name => Assert.Contains(name, allowed, StringComparer.OrdinalIgnoreCase));
        Assert.DoesNotContain("*", allowed);
    }

    [Theory]
    [InlineData("x-good, bad name, x-also", "x-good|x-also", "bad name")]
    [InlineData("x-good,<script>", "x-good", "<script>")]
    public async Task Headers_ThatAreNoNames_AreNotRepeated(string asked, string allowed, string refused)
    {
        await using var server = await ServerFactory.StartAsync();

        using var answer = await server.PreflightAsync("/v1/conversation/x/complete", Shop, asked);

        Assert.All(allowed.Split('|'), name => Assert.Contains(name, AllowedHeaders(answer)));
        Assert.DoesNotContain(refused, answer.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_BeyondABound_AreNotRepeated()
    {
        await using var server = await ServerFactory.StartAsync();

        using var many = await server.PreflightAsync("/v1/conversation/x/complete", Shop, string.Join(',', Enumerable.Range(0, 65).Select(i => $"x-{i}")));
        using var long_ = await server.PreflightAsync("/v1/conversation/x/complete", Shop, $"x-{new string('a', 5000)}");

        Assert.All(new[] { many, long_ }, answer =>
        {
            Assert.Contains("Authorization", AllowedHeaders(answer));
            Assert.True(answer.Header("Access-Control-Allow-Headers")!.Length < 500);
        });
    }

    [Theory]
    [InlineData("/v1/conversation/list")]
    [InlineData("/API/V1/conversation/list")]
    [InlineData("/Api/v1/conversation/list/")]
    [InlineData("/V1/CONVERSATION/LIST")]
    [InlineData("/v1/nothing")]
    [InlineData("/API/V1/nothing")]
    [InlineData("/nothing")]
    [InlineData("/")]
    [InlineData("/api/v1/spec")]
    public async Task Server_WithOriginsOfItsOwn_KnowsNoOthersHoweverThePathIsSpelt(string path)
    {
        await using var server = await ServerFactory.StartAsync(settings: BoundToShop);
        using var client = server.Client();

        using var foreign = await client.SendAsync(HttpMethod.Get, path, headers: ("Origin", Evil));
        using var own = await client.SendAsync(HttpMethod.Get, path, headers: ("Origin", Shop));
        using var asked = await server.PreflightAsync(path, Evil, "authorization", "GET");

        Assert.Null(foreign.Header("Access-Control-Allow-Origin"));
        Assert.Equal(Shop, own.Header("Access-Control-Allow-Origin"));
        Assert.Null(asked.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Keys_AreForEverybody()
    {
        await using var server = await ServerFactory.StartAsync(settings: BoundToShop);
        using var client = server.Client();

        using var answer = await client.SendAsync(HttpMethod.Get, "/.well-known/JWKS.json", headers: ("Origin", Evil));

        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/v1/Conversation/{0}/complete")]
    [InlineData("/API/V1/CONVERSATION/{0}/COMPLETE")]
    [InlineData("/api/v1/conversation/{0}/complete/")]
    public async Task Conversation_InAPathOfAnySpelling_IsTheOneWhosePagesCount(string path)
    {
        await using var server = await ServerFactory.StartAsync();
        var conversation = await server.AddConversationAsync();
        await Security.StoredSession.AddSessionAsync(server, conversation, $"""["{Shop}"]""");

        using var own = await server.PreflightAsync(string.Format(null, path, conversation), Shop, "authorization");
        using var foreign = await server.PreflightAsync(string.Format(null, path, conversation), Evil, "authorization");

        Assert.Equal(Shop, own.Header("Access-Control-Allow-Origin"));
        Assert.Null(foreign.Header("Access-Control-Allow-Origin"));
    }

    private static string[] AllowedHeaders(HttpResponseMessage answer) => answer.Header("Access-Control-Allow-Headers")!.Split(',');
}
