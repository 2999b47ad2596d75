namespace ChatBotKit.Server.Tests.Features;

/// <summary>The special behaviour of portals, memories, files and teams.</summary>
public sealed class PlainResourceTests
{
    [Fact]
    public async Task Portal_Slug_IsTakenInTheWholeDeployment()
    {
        await using var server = await FeatureServer.StartAsync();
        var stranger = await server.StrangerAsync();
        var id = ApiJson.Id(await server.PostAsync("portal/create", """{"slug":" Help "}"""));
        Assert.Equal("help", (await server.GetAsync($"portal/{id}/fetch")).Text("slug"));
        await stranger.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, "portal/create", """{"slug":"help"}""");
        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, "portal/create", """{"slug":"no/slashes"}""");

        await server.PostAsync("portal/create", """{"slug":""}""");
        await server.PostAsync("portal/create", "{}");
        await server.PostAsync($"portal/{id}/delete", "{}");
        await stranger.ReadAsync(HttpMethod.Post, "portal/create", """{"slug":"help"}""");
    }

    [Fact]
    public async Task Portal_Config_IsReplacedWhole()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = ApiJson.Id(await server.PostAsync("portal/create", """{"config":{"apps":[1],"auth":{"a":1}}}"""));
        await server.PostAsync($"portal/{id}/update", """{"config":{"auth":{"b":2}}}""");
        Assert.Equal("""{"auth":{"b":2}}""", (await server.GetAsync($"portal/{id}/fetch")).GetProperty("config").GetRawText());
    }

    [Fact]
    public async Task Memory_OfABotThatGoes_GoesWithIt()
    {
        await using var server = await FeatureServer.StartAsync();
        var bot = ApiJson.Id(await server.PostAsync("bot/create", "{}"));
        var own = ApiJson.Id(await server.PostAsync("memory/create", $$"""{"text":"likes tea","botId":"{{bot}}","expiresAt":4102444800000}"""));
        var other = ApiJson.Id(await server.PostAsync("memory/create", """{"text":"likes coffee"}"""));
        Assert.Equal(4102444800000, (await server.GetAsync($"memory/{own}/fetch")).GetProperty("expiresAt").GetInt64());
        Assert.Contains("likes tea", await server.Owner.ReadTextAsync("memory/export", "text/csv"), StringComparison.Ordinal);
        await server.PostAsync($"bot/{bot}/delete", "{}");
        Assert.Equal([other], (await server.GetAsync("memory/list")).Ids());
    }

    [Fact]
    public async Task Memory_WithoutText_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, "memory/create", """{"text":" "}""");
        var id = ApiJson.Id(await server.PostAsync("memory/create", """{"text":"likes tea"}"""));
        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"memory/{id}/update", """{"text":null}""");
    }

    [Fact]
    public async Task File_ThatAnAbilityUses_IsLinkedAndCanGo()
    {
        await using var server = await FeatureServer.StartAsync();
        var file = ApiJson.Id(await server.PostAsync("file/create", """{"alias":"logo","visibility":"public"}"""));
        var skillset = ApiJson.Id(await server.PostAsync("skillset/create", "{}"));
        var ability = ApiJson.Id(await server.PostAsync($"skillset/{skillset}/ability/create", """{"name":"show","fileId":"@logo"}"""));
        Assert.Equal(file, (await server.GetAsync($"skillset/{skillset}/ability/{ability}/fetch")).Text("fileId"));
        await server.PostAsync($"file/{file}/delete", "{}");
        Assert.Null((await server.GetAsync($"skillset/{skillset}/ability/{ability}/fetch")).Text("fileId"));
    }

    [Fact]
    public async Task Teams_OfThisServer_AreNone()
    {
        await using var server = await FeatureServer.StartAsync();
        Assert.Empty((await server.GetAsync("team/list")).Ids());
        Assert.Equal("", await server.Owner.ReadTextAsync("team/list", "application/jsonl"));
    }
}
