using System.Text.Json;
using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The data that integrations extract from conversations.</summary>
public sealed class ExtractIntegrationTests : IAsyncLifetime
{
    private static readonly object Schema = new
    {
        type = "object",
        properties = new { mood = new { type = "string", @enum = new[] { "good", "bad" } }, email = new { type = "string" } },
        required = new[] { "mood" },
    };

    private EngineServer _server = null!;
    private string _bot = "";
    private string _extract = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Owner => _server.Http;

    public async ValueTask InitializeAsync()
    {
        _server = await EngineServer.StartAsync();
        _bot = ApiJson.Id(await PostAsync("bot/create", new { name = "Flora" }));
        _extract = ApiJson.Id(await PostAsync("integration/extract/create", new { botId = _bot, schema = Schema, model = "scripted" }));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Data_IsListedAndExported_AndInTheMetaOfTheConversation()
    {
        var talk = await TalkAsync(new { botId = _bot, meta = new { page = "home" } });
        _server.Model.Answer(script => script.Text("```json\n{\"mood\":\"good\"}\n```"));

        var started = await PostAsync($"integration/extract/{_extract}/trigger", new { });

        Assert.Equal($$"""{"id":"{{_extract}}","triggered":1}""", started.GetRawText());
        var item = Assert.Single(await ItemsAsync(1));
        Assert.Equal((_extract, talk, """{"mood":"good"}"""), (item.Text("extractIntegrationId"), item.Text("conversationId"), item.GetProperty("data").GetRawText()));
        Assert.Equal(item.GetRawText(), Assert.Single((await GetAsync($"integration/extract/{_extract}/item/export")).Items()).GetRawText());
        Assert.True(item.GetProperty("createdAt").TryGetDateTimeOffset(out _));
        Assert.Equal(
            """{"page":"home","integrations":{"extract":{"data":{"mood":"good"}}}}""", (await GetAsync($"conversation/{talk}/fetch")).GetProperty("meta").GetRawText());
        var sent = _server.Model.Requests[^1];
        Assert.Contains("\"required\":[\"mood\"]", sent.LastText("system"), StringComparison.Ordinal);
        Assert.Equal("user: I am happy, write to ada@example.com\n\nbot: Fine", sent.LastText("user"));
    }

    [Fact]
    public async Task SecondTrigger_ReplacesTheData()
    {
        await TalkAsync(new { botId = _bot });
        _server.Model.Answer(script => script.Text("""{"mood":"good"}"""));
        await PostAsync($"integration/extract/{_extract}/trigger", new { });
        var first = Assert.Single(await ItemsAsync(1));
        _server.Model.Answer(script => script.Text("""{"mood":"bad"}"""));

        await PostAsync($"integration/extract/{_extract}/trigger", new { });

        await Eventually.IsAsync(async () => (await ListAsync()).Single().GetProperty("data").Text("mood") == "bad");

        Assert.Equal(first.Id(), (await ListAsync()).Single().Id());
    }

    [Fact]
    public async Task InvalidAnswer_IsAskedForAgain()
    {
        await TalkAsync(new { botId = _bot });
        _server.Model.Answer(script => script.Text("""{"mood":"so so"}""").Usage(10, 2)).Answer(script => script.Text("""{"mood":"bad"}""").Usage(20, 3));

        await PostAsync($"integration/extract/{_extract}/trigger", new { });

        Assert.Equal("bad", Assert.Single(await ItemsAsync(1)).GetProperty("data").Text("mood"));
        // Both answers have cost tokens.
        Assert.Equal(35, (await GetAsync($"bot/{_bot}/usage/fetch")).GetProperty("tokens").GetInt64());
    }

    [Fact]
    public async Task Privacy_KeepsDataFromTheModel_AndNotFromTheItem()
    {
        await TalkAsync(new { botId = _bot, privacy = true });
        _server.Model.Answer(script => script.Text("""{"mood":"good","email":"[EMAIL_1]"}"""));

        await PostAsync($"integration/extract/{_extract}/trigger", new { });

        Assert.Equal("ada@example.com", Assert.Single(await ItemsAsync(1)).GetProperty("data").Text("email"));
        Assert.DoesNotContain("ada@example.com", _server.Model.Requests[^1].LastText("user"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeletedConversation_TakesItsDataWithIt()
    {
        var talk = await TalkAsync(new { botId = _bot });
        _server.Model.Answer(script => script.Text("""{"mood":"good"}"""));
        await PostAsync($"integration/extract/{_extract}/trigger", new { });
        await ItemsAsync(1);

        await PostAsync($"conversation/{talk}/delete", new { });

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Trigger_TakesTheNamedConversations_OfPeopleAndOfTheAccount()
    {
        var other = await TalkAsync(new { });
        var ofTrigger = await TalkAsync(new { botId = _bot, meta = new { triggerIntegrationId = "a" } });
        using var stranger = _server.Server.Client(await _server.Server.CreateApiTokenAsync((await _server.Server.AddAccountAsync()).Id));
        var foreign = ApiJson.Id(await stranger.ReadAsync(HttpMethod.Post, "conversation/create", "{}"));

        Assert.Equal(0, (await PostAsync($"integration/extract/{_extract}/trigger", new { })).GetProperty("triggered").GetInt32());
        var started = await PostAsync(
            $"integration/extract/{_extract}/trigger", new { conversationIds = new[] { other, other, ofTrigger, foreign, "unknown" } });

        Assert.Equal(1, started.GetProperty("triggered").GetInt32());
    }

    [Theory]
    [InlineData("""{"sample":0}""", "400 BAD_REQUEST: *sample*")]
    [InlineData("""{"sample":101}""", "400 BAD_REQUEST: *sample*")]
    public async Task BadSample_IsRefused(string body, string refusal) =>
        await Owner.AssertRefusedAsync(refusal, HttpMethod.Post, $"integration/extract/{_extract}/trigger", body);

    [Fact]
    public async Task Integration_ThatCanNotBeUsed_IsRefused()
    {
        var (bare, quoting) = (
            ApiJson.Id(await PostAsync("integration/extract/create", new { })),
            ApiJson.Id(await PostAsync("integration/extract/create", new { botId = _bot, model = "extractive" })));
        using var stranger = _server.Server.Client(await _server.Server.CreateApiTokenAsync((await _server.Server.AddAccountAsync()).Id));

        await Owner.AssertRefusedAsync("409 CONFLICT: *bot*", HttpMethod.Post, $"integration/extract/{bare}/trigger", "{}");
        await Owner.AssertRefusedAsync("422 UNPROCESSABLE_ENTITY: *language model*", HttpMethod.Post, $"integration/extract/{quoting}/trigger", "{}");
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"integration/extract/{_extract}/trigger", "{}");
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"integration/extract/{_extract}/item/list");
    }

    private Task<JsonElement> PostAsync(string path, object body) => Owner.ReadAsync(HttpMethod.Post, path, body);

    private Task<JsonElement> GetAsync(string path) => Owner.ReadAsync(HttpMethod.Get, path);

    private async Task<string> TalkAsync(object conversation)
    {
        var id = ApiJson.Id(await PostAsync("conversation/create", conversation));
        await PostAsync($"conversation/{id}/message/create", new { type = "user", text = "I am happy, write to ada@example.com" });
        await PostAsync($"conversation/{id}/message/create", new { type = "bot", text = "Fine" });
        return id;
    }

    private async Task<List<JsonElement>> ListAsync() => [.. (await GetAsync($"integration/extract/{_extract}/item/list")).Items()];

    private async Task<List<JsonElement>> ItemsAsync(int count)
    {
        await Eventually.IsAsync(async () => (await ListAsync()).Count == count);
        return await ListAsync();
    }
}
