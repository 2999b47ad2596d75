namespace ChatBotKit.Server.Tests.Http;

/// <summary>
/// The refusal of a body that is too large reaches the client, even one that sends the whole body before it reads, like most .NET
/// clients.
/// </summary>
public sealed class BodyLimitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_LargerThanTheLimit_Is413(bool chunked)
    {
        await using var server = await ServerFactory.StartAsync();
        var conversation = await server.AddConversationAsync();
        using var client = server.Client();

        for (var i = 0; i < 5; i++)
        {
            using var answer = await client.SendAsync(
                HttpMethod.Post, $"conversation/{conversation}/complete", $$"""{"text":"{{new string('x', 5_000_000)}}"}""",
                headers: chunked ? [("Transfer-Encoding", "chunked")] : []);

            await answer.AssertRefusedAsync("413 CONTENT_TOO_LARGE: The request body is too large");
        }
    }

    [Theory]
    [InlineData("sk-of-nobody-at-all-0123456789", "/v1/conversation/create", "401 NOT_AUTHENTICATED")]
    [InlineData(ServerFactory.OwnerSecret, "/v1/no/such/route", "404 NOT_FOUND")]
    public async Task Body_OfARequestThatIsRefusedBefore_DoesNotHideTheRefusal(string secret, string path, string refusal)
    {
        await using var server = await ServerFactory.StartAsync();
        using var client = server.Client(secret);

        await client.AssertRefusedAsync(refusal, HttpMethod.Post, path, $$"""{"text":"{{new string('x', 12_000_000)}}"}""");
    }

    [Fact]
    public async Task Body_AtTheLimit_IsTaken_AndOneByteMoreIsNot()
    {
        await using var server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_MAX_BODY_BYTES"] = "1024" });
        using var client = server.Client();
        const string Start = "{\"description\":\"";
        var fitting = Start + new string('x', 1024 - Start.Length - 2) + "\"}";

        await client.ReadAsync(HttpMethod.Post, "conversation/create", fitting);
        await client.AssertRefusedAsync("413 CONTENT_TOO_LARGE", HttpMethod.Post, "conversation/create", fitting + " ");
    }
}
