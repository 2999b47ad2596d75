using System.Net;

namespace ChatBotKit.Server.Tests.Http;

/// <summary>
/// The refusal of a body that is too large reaches the client, even one that sends the whole body before it reads, like most .NET
/// clients.
/// </summary>
public sealed class BodyLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
            using var content = HttpAnswers.Json($$"""{"text":"{{new string('x', 5_000_000)}}"}""");
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/conversation/{conversation}/complete") { Content = content };
            request.Headers.TransferEncodingChunked = chunked;
            using var answer = await client.SendAsync(request, Token);

            Assert.Equal("413 CONTENT_TOO_LARGE: The request body is too large", await answer.ErrorAsync());
        }
    }

    [Theory]
    [InlineData("sk-of-nobody-at-all-0123456789", "/v1/conversation/create", HttpStatusCode.Unauthorized)]
    [InlineData(ServerFactory.OwnerSecret, "/v1/no/such/route", HttpStatusCode.NotFound)]
    public async Task Body_OfARequestThatIsRefusedBefore_DoesNotHideTheRefusal(string secret, string path, HttpStatusCode status)
    {
        await using var server = await ServerFactory.StartAsync();
        using var client = server.Client(secret);
        using var content = HttpAnswers.Json($$"""{"text":"{{new string('x', 12_000_000)}}"}""");

        using var answer = await client.PostAsync(path, content, Token);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Body_AtTheLimit_IsTaken_AndOneByteMoreIsNot()
    {
        await using var server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_MAX_BODY_BYTES"] = "1024" });
        using var client = server.Client();
        const string Start = "{\"description\":\"";
        var fitting = Start + new string('x', 1024 - Start.Length - 2) + "\"}";

        using var taken = await client.PostJsonAsync("/v1/conversation/create", fitting);
        using var refused = await client.PostJsonAsync("/v1/conversation/create", fitting + " ");

        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, taken.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }
}
