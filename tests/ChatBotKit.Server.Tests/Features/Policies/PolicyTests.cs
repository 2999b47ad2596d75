using System.Text.Json;

namespace ChatBotKit.Server.Tests.Features;

public sealed class PolicyTests
{
    private const string Usage = "\"metric\":\"tokens\",\"threshold\":10,\"windowInSeconds\":60";

    [Theory]
    [InlineData("retention", """{"expiresInDays":30}""")]
    [InlineData("usage", "{" + Usage + ""","actions":{"block":{"durationInSeconds":60}}}""")]
    [InlineData("usage", "{" + Usage + ""","actions":{"email":"a@example.com"}}""")]
    [InlineData("usage", "{" + Usage + ""","actions":{"email":["a@example.com","b@example.com"],"block":{"durationInSeconds":1}}}""")]
    [InlineData("usage", "{" + Usage + ""","actions":{"email":{}}}""")]
    [InlineData("usage", "{" + Usage + ""","actions":{"email":{"to":"a@example.com"}}}""")]
    public async Task Config_OfItsType_IsKept(string type, string config)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = ApiJson.Id(await server.PostAsync("policy/create", $$"""{"type":"{{type}}","config":{{config}}}"""));
        var policy = await server.GetAsync($"policy/{id}/fetch");
        Assert.Equal((type, "enabled"), (policy.Text("type"), policy.Text("state")));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(config), policy.GetProperty("config")));
    }

    [Theory]
    [InlineData("retention", "{}", "expiresInDays")]
    [InlineData("retention", """{"expiresInDays":0}""", "expiresInDays")]
    [InlineData("retention", """{"expiresInDays":1.5}""", "expiresInDays")]
    [InlineData("retention", """{"expiresInDays":"30"}""", "expiresInDays")]
    [InlineData("retention", """{"expiresInDays":30,"metric":"tokens"}""", "metric")]
    [InlineData("usage", """{"expiresInDays":30}""", "config.actions")]
    [InlineData("usage", """{"metric":"words","threshold":10,"windowInSeconds":60,"actions":{"email":"a@b.c"}}""", "config.metric")]
    [InlineData("usage", """{"metric":"tokens","threshold":0,"windowInSeconds":60,"actions":{"email":"a@b.c"}}""", "config.threshold")]
    [InlineData("usage", """{"metric":"tokens","threshold":10,"actions":{"email":"a@b.c"}}""", "config.windowInSeconds")]
    [InlineData("usage", "{" + Usage + """}""", "config.actions")]
    [InlineData("usage", "{" + Usage + ""","actions":{}}""", "config.actions")]
    [InlineData("usage", "{" + Usage + ""","actions":[]}""", "config.actions")]
    [InlineData("usage", "{" + Usage + ""","actions":{"block":true}}""", "config.actions.block")]
    [InlineData("usage", "{" + Usage + ""","actions":{"block":{}}}""", "durationInSeconds")]
    [InlineData("usage", "{" + Usage + ""","actions":{"email":"nobody"}}""", "config.actions.email")]
    [InlineData("usage", "{" + Usage + ""","actions":{"email":["a@example.com","b@@example.com"]}}""", "config.actions.email")]
    [InlineData("usage", "{" + Usage + ""","actions":{"email":[]}}""", "config.actions.email")]
    [InlineData("usage", "{" + Usage + ""","actions":{"email":"a@b.c","call":{}}}""", "config.actions.call")]
    [InlineData("storage", """{"expiresInDays":30}""", "\"type\"")]
    public async Task Config_ThatDoesNotFit_NamesTheField(string type, string config, string named)
    {
        await using var server = await FeatureServer.StartAsync();
        await server.Owner.AssertRefusedAsync(
            $"400 BAD_REQUEST: *{named}*", HttpMethod.Post, "policy/create", $$"""{"type":"{{type}}","config":{{config}}}""");
    }

    [Fact]
    public async Task Type_ThatChangesAlone_MustFitTheConfig()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = ApiJson.Id(await server.PostAsync("policy/create", """{"type":"retention","config":{"expiresInDays":30}}"""));
        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"policy/{id}/update", """{"type":"usage"}""");
        await server.PostAsync($"policy/{id}/update", """{"type":"usage","config":{""" + Usage + ""","actions":{"email":"a@b.c"}}}""");
        Assert.Equal("usage", (await server.GetAsync($"policy/{id}/fetch")).Text("type"));
    }

    [Fact]
    public async Task Policy_OfABotThatGoes_GoesWithIt()
    {
        await using var server = await FeatureServer.StartAsync();
        var bot = ApiJson.Id(await server.PostAsync("bot/create", "{}"));
        var own = ApiJson.Id(await server.PostAsync("policy/create", $$"""{"type":"retention","botId":"{{bot}}"}"""));
        var global = ApiJson.Id(await server.PostAsync("policy/create", """{"type":"retention"}"""));
        Assert.Equal([own], (await server.GetAsync($"policy/list?botId={bot}")).Ids());
        await server.PostAsync($"bot/{bot}/delete", "{}");
        Assert.Equal([global], (await server.GetAsync("policy/list")).Ids());
    }
}
