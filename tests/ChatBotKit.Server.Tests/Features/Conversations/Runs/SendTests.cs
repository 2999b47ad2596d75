namespace ChatBotKit.Server.Tests.Features;

public sealed class SendTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/jsonl")]
    [InlineData("text/event-stream")]
    [InlineData("application/json")]
    public async Task Send_RepeatedWithItsKey_IsAnsweredInTheFormatThatIsAskedFor(string format)
    {
        await using var server = await FeatureServer.StartAsync();
        var path = $"conversation/{await server.CreateConversationAsync()}/send";
        const string Body = """{"text":"I am Ada","entities":[{"type":"name","begin":5,"end":8}]}""";

        var first = await server.Owner.ReadAsync(HttpMethod.Post, path, Body, key: "k");
        using var second = await server.Owner.SendAsync(HttpMethod.Post, path, Body, accept: format, key: "k");

        Assert.Equal(format, second.Content.Headers.ContentType?.MediaType);
        Assert.True(second.Headers.Contains("Idempotent-Replayed"));
        var text = await second.Content.ReadAsStringAsync(Token);
        Assert.Contains(first.GetRawText(), text, StringComparison.Ordinal);
        Assert.Equal(format != "application/json", text.Contains("result", StringComparison.Ordinal));
    }
}
