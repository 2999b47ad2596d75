using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests.Resources;

namespace ChatBotKit.Server.Tests.Features;

public sealed class BlueprintCloneTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    private const string Resources = """
        {"dataset":[{"id":"d","alias":"docs","name":"Docs"}],
         "skillset":[{"id":"s"}],"ability":[{"id":"a","name":"tell","skillsetId":"s","secretId":"k","botId":"b"}],
         "secret":[{"id":"k","name":"Key","value":"top-secret","config":{"clientId":"c","clientSecret":"hidden"}}],
         "bot":[{"id":"b","alias":"help","datasetId":"d","skillsetId":"s","backstory":"You help."}],
         "portal":[{"slug":"cloned-portal"}],
         "task":[{"botId":"b","schedule":"daily"}],
         "notionIntegration":[{"datasetId":"d","token":"top-secret","syncSchedule":"daily"}],
         "triggerIntegration":[{"botId":"b","schedule":"18:30"}]}
        """;

    [Fact]
    public async Task Clone_RefersToItsOwnResources()
    {
        var world = await server.WorldAsync();
        var (blueprint, original) = await ArrangeAsync(world, "private", "cloned-portal-1");

        var clone = await CloneAsync(world, blueprint);

        var bot = await world.FetchAsync(ResourceServer.Kind("bot"), clone.IdOf("bot"));
        Assert.Equal((clone.IdOf("dataset"), clone.IdOf("skillset"), clone.Id()), (bot.Text("datasetId"), bot.Text("skillsetId"), bot.Text("blueprintId")));
        Assert.Equal("You help.", bot.Text("backstory"));
        Assert.Equal(JsonValueKind.Null, bot.GetProperty("alias").ValueKind);
        var ability = await world.Client.ReadAsync(HttpMethod.Get, $"skillset/{clone.IdOf("skillset")}/ability/{clone.IdOf("ability")}/fetch");
        Assert.Equal((clone.IdOf("secret"), bot.Id()), (ability.Text("secretId"), ability.Text("botId")));
        Assert.Equal(
            original.GetProperty("resources").EnumerateObject().Select(category => category.Name).Order(StringComparer.Ordinal),
            clone.GetProperty("resources").EnumerateObject().Select(category => category.Name).Order(StringComparer.Ordinal));
        Assert.NotEqual(original.IdOf("bot"), bot.Id());
    }

    [Fact]
    public async Task Clone_HasNoCredentialsSchedulesAndAddresses()
    {
        var world = await server.WorldAsync();
        var (blueprint, original) = await ArrangeAsync(world, "private", "cloned-portal-2");

        var clone = await CloneAsync(world, blueprint);

        Assert.Null((await server.RowAsync(clone.IdOf("secret"))).Secrets);
        Assert.Null((await server.RowAsync(clone.IdOf("notionIntegration"))).Secrets);
        Assert.Equal("never", (await world.FetchAsync(ResourceServer.Kind("task"), clone.IdOf("task"))).Text("schedule"));
        var trigger = await world.FetchAsync(ResourceServer.Kind("integration.trigger"), clone.IdOf("triggerIntegration"));
        Assert.Equal(JsonValueKind.Null, trigger.GetProperty("schedule").ValueKind);
        Assert.NotEqual(
            (await world.FetchAsync(ResourceServer.Kind("integration.trigger"), original.IdOf("triggerIntegration"))).Text("secret"), trigger.Text("secret"));
        var notion = await world.FetchAsync(ResourceServer.Kind("integration.notion"), clone.IdOf("notionIntegration"));
        Assert.Equal(JsonValueKind.Null, notion.GetProperty("syncSchedule").ValueKind);
        Assert.NotEqual("cloned-portal-2", (await world.FetchAsync(ResourceServer.Kind("portal"), clone.IdOf("portal"))).Text("slug"));
    }

    [Fact]
    public async Task Blueprint_ThatIsPublished_CanBeClonedByOthers_AndAPrivateOneCanNot()
    {
        var (owner, other) = (await server.WorldAsync(), await server.WorldAsync());
        var (published, original) = await ArrangeAsync(owner, "public", "cloned-portal-3");
        var outside = await owner.CreateAsync(ResourceServer.Kind("dataset"));
        await owner.UpdateAsync(ResourceServer.Kind("bot"), original.IdOf("bot"), new JsonObject { ["datasetId"] = outside });

        var clone = await CloneAsync(other, published);

        var bot = await other.FetchAsync(ResourceServer.Kind("bot"), clone.IdOf("bot"));
        Assert.Equal(JsonValueKind.Null, bot.GetProperty("datasetId").ValueKind);
        Assert.Equal(clone.IdOf("skillset"), bot.Text("skillsetId"));
        Assert.Equal("private", (await other.FetchAsync(ResourceServer.Kind("blueprint"), clone.Id())).Text("visibility"));
        var hidden = await owner.CreateBlueprintAsync();
        await other.Client.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"blueprint/{hidden}/clone", "{}");
    }

    [Fact]
    public async Task Blueprint_WithTooManyResources_IsRefused()
    {
        var world = await server.WorldAsync();
        var blueprint = await world.CreateBlueprintAsync();
        var half = new JsonObject { ["space"] = new JsonArray([.. Enumerable.Range(0, 501).Select(_ => new JsonObject())]) }.ToJsonString();
        await world.ImportAsync(blueprint, half);
        await CloneAsync(world, blueprint);
        await world.ImportAsync(blueprint, half);

        await world.Client.AssertRefusedAsync("429 LIMITS_REACHED", HttpMethod.Post, $"blueprint/{blueprint}/clone", "{}");
        await world.Client.AssertRefusedAsync("429 LIMITS_REACHED", HttpMethod.Get, $"blueprint/{blueprint}/resource/export");
    }

    private static Task<JsonElement> CloneAsync(ResourceWorld world, string blueprint) =>
        world.Client.ReadAsync(HttpMethod.Post, $"blueprint/{blueprint}/clone", "{}");

    private static async Task<(string Blueprint, JsonElement Imported)> ArrangeAsync(ResourceWorld world, string visibility, string slug)
    {
        var blueprint = await world.CreateBlueprintAsync(new JsonObject { ["name"] = "Original", ["visibility"] = visibility });
        return (blueprint, await world.ImportAsync(blueprint, Resources.Replace("cloned-portal", slug, StringComparison.Ordinal)));
    }
}
