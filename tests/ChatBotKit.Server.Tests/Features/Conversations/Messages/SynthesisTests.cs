using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

public sealed class SynthesisTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Synthesize_WithoutSpeaker_IsNotImplemented()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var message = await server.CreateMessageAsync(id, "Hello there", "bot");
        var path = $"conversation/{id}/message/{message}/synthesize";
        await server.Owner.AssertRefusedAsync("501 NOT_IMPLEMENTED: *OPENAI_API_KEY*", HttpMethod.Post, path, "{}");
        await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST: *\"text\"*", HttpMethod.Post, path, """{"text":"Goodbye"}""");
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{id}/message/none/synthesize", "{}");
    }

    [Fact]
    public async Task Synthesize_BySession_GivesAnAddressAndSpeaksOnce()
    {
        var asked = new List<JsonElement>();
        await using var speaker = await LocalWebServer.StartAsync(app => app.MapPost("/v1/audio/speech", async (HttpRequest request) =>
        {
            asked.Add(await JsonSerializer.DeserializeAsync<JsonElement>(request.Body, JsonSerializerOptions.Default, Token));
            return Results.Bytes([0x49, 0x44, 0x33], "audio/mpeg");
        }));
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["OPENAI_BASE_URL"] = $"{speaker.Url}/v1" });
        var id = await server.CreateConversationAsync("""{"model":"extractive"}""");
        var message = await server.CreateMessageAsync(id, "Hello there", "bot");
        var session = await server.SessionAsync(id);
        var path = $"conversation/{id}/message/{message}/synthesize";

        var answer = await session.ReadAsync(HttpMethod.Post, path, """{"text":"Hello"}""");
        Assert.Equal(message, ApiJson.Id(answer));
        using var nobody = server.Server.Client(credential: null);
        Assert.Equal([0x49, 0x44, 0x33], await nobody.ReadBytesAsync(answer.Text("url")!));
        await session.ReadAsync(HttpMethod.Post, path, """{"text":"Hello"}""");
        Assert.Equal("Hello", Assert.Single(asked).Text("input"));

        using var audio = await session.SendAsync(HttpMethod.Post, path, """{"text":"Hello"}""", accept: "audio/mpeg");
        Assert.Equal([0x49, 0x44, 0x33], await audio.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Synthesize_OfOrdersByASession_IsNotFound()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var message = await server.CreateMessageAsync(id, "Never tell", "backstory");
        var session = await server.SessionAsync(id);
        await session.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{id}/message/{message}/synthesize", "{}");
    }
}
