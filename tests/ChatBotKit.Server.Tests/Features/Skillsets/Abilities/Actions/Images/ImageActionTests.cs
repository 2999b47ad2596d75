using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

public sealed class ImageActionTests
{
    private const string Instruction = "!image.generate {}";

    /// <summary>A PNG of one pixel.</summary>
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Fact]
    public async Task Picture_BecomesAFileOfTheAccount()
    {
        JsonElement sent = default;
        await using var endpoint = await LocalWebServer.StartAsync(app => app.MapPost("/v1/images/generations", async (HttpRequest request) =>
        {
            Assert.Equal("Bearer picture-key", request.Headers.Authorization.ToString());
            sent = (await JsonDocument.ParseAsync(request.Body)).RootElement;
            return Results.Text($$"""{"data":[{"b64_json":"{{Picture}}"}]}""", "application/json");
        }));
        await using var server = await StartAsync(endpoint);

        var answer = JsonElement.Parse((await server.Owner.ExecuteAsync(Instruction, new { prompt = "A red\nshelf", size = "512x512" })).Result());

        Assert.Equal("""{"prompt":"A red\nshelf","n":1,"model":"painter","size":"512x512"}""", sent.GetRawText());
        Assert.Equal(("A red shelf", "image/png", Convert.FromBase64String(Picture).Length), (answer.Text("name"), answer.Text("type"), answer.GetProperty("size").GetInt32()));
        Assert.Equal(Convert.FromBase64String(Picture), await server.Owner.ReadBytesAsync($"file/{answer.Text("fileId")}/download"));
    }

    [Theory]
    [InlineData("""{"data":[]}""", "The image model sent no picture.")]
    [InlineData("""{"data":[{"b64_json":5}]}""", "The image model sent no picture.")]
    [InlineData("[1]", "The image model sent no picture.")]
    [InlineData("nonsense", "The image model at 127.0.0.1 sent an answer that can't be understood.")]
    [InlineData("""{"data":[{"url":"http://127.0.0.1:1/a.png"}]}""", "The picture can't be stored: \"file\" can't be fetched: its address is not on the public internet.")]
    [InlineData("""{"data":[{"url":"file:///etc/passwd"}]}""", "The picture can't be stored: its address can't be used.")]
    public async Task Answer_WithoutAPicture_IsAnError(string answer, string error)
    {
        await using var endpoint = await LocalWebServer.StartAsync(app => app.MapPost("/v1/images/generations", () => Results.Text(answer, "application/json")));
        await using var server = await StartAsync(endpoint);

        Assert.Equal(error, (await server.Owner.ExecuteAsync(Instruction, new { prompt = "a" })).Error());
        Assert.Empty((await server.GetAsync("file/list")).Ids());
    }

    [Fact]
    public async Task Server_WithoutAnEndpoint_SaysSo()
    {
        await using var server = await FeatureServer.StartAsync();

        Assert.Contains("CHATBOTKIT_IMAGE_URL", (await server.Owner.ExecuteAsync(Instruction, new { prompt = "a" })).Error(), StringComparison.Ordinal);
    }

    private static Task<FeatureServer> StartAsync(LocalWebServer endpoint) => FeatureServer.StartAsync(settings: new Dictionary<string, string?>
    {
        ["CHATBOTKIT_IMAGE_URL"] = $"{endpoint.Url}/v1",
        ["CHATBOTKIT_IMAGE_KEY"] = "picture-key",
        ["CHATBOTKIT_IMAGE_MODEL"] = "painter",
    });
}
