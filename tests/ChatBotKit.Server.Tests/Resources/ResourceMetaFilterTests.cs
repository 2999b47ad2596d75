using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Bots;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Tests.Resources;

/// <summary>The values of <c>meta</c> that a filter matches: texts literally, booleans and numbers by their value.</summary>
public sealed class ResourceMetaFilterTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    private static ResourceKind Kind { get; } = ResourceServer.Kind(BotKind.Name);

    [Theory]
    [InlineData("gold", "\"gold\"")]
    [InlineData("gold", "\"\\u0067old\"")]
    [InlineData("a_b", "\"a_b\"")]
    [InlineData("50 %", "\"50 %\"")]
    [InlineData("a\"b\\", "\"a\\\"b\\\\\"")]
    [InlineData("größer", "\"größer\"")]
    [InlineData("5", "5")]
    [InlineData("5", "5.0")]
    [InlineData("100", "1e2")]
    [InlineData("5", "\"5\"")]
    [InlineData("true", "true")]
    [InlineData("true", "\"true\"")]
    [InlineData("false", "false")]
    [InlineData("null", "\"null\"")]
    public async Task Filter_WithTheValue_FindsTheResource(string filter, string stored)
    {
        var (world, id) = await CreateWithKeyAsync(stored);

        Assert.Equal([id], (await ListAsync(world, filter)).Ids());
    }

    [Theory]
    [InlineData("gold", "\"Gold\"")]
    [InlineData("gold", "\"marigold\"")]
    [InlineData("gold", "[\"gold\"]")]
    [InlineData("a_b", "\"axb\"")]
    [InlineData("%", "\"x\"")]
    [InlineData("5", "\"5.0\"")]
    [InlineData("5", "55")]
    [InlineData("5", "[5]")]
    [InlineData("1", "true")]
    [InlineData("true", "1")]
    [InlineData("true", "false")]
    [InlineData("false", "0")]
    [InlineData("null", "null")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    public async Task Filter_WithAnotherValue_FindsNothing(string filter, string stored)
    {
        var (world, _) = await CreateWithKeyAsync(stored);

        Assert.Empty((await ListAsync(world, filter)).Ids());
    }

    /// <summary>What is stored has neither the white space nor the escapes of the request, also where it is merged.</summary>
    [Theory]
    [InlineData("{\"k\\u0065y\" : \n 5 , \"on\" : true}")]
    [InlineData("{\"$update\": {\"k\\u0065y\" : 5 , \"on\" :\ttrue}}")]
    public async Task Filter_OfMetaInAnotherSpelling_FindsTheResource(string meta)
    {
        var (world, id) = await CreateWithKeyAsync("1");
        await world.PostAsync(Kind, ResourceVerb.Update, id, $$"""{"meta":{{meta}}}""");

        Assert.Equal([id], (await ListAsync(world, "5")).Ids());
        Assert.Equal([id], (await world.ListAsync(Kind, "?meta.on=true")).Ids());
        Assert.Empty((await ListAsync(world, "1")).Ids());
    }

    [Theory]
    [InlineData("größe")]
    [InlineData("a/b+c'd<e>&")]
    [InlineData("a*[b]")]
    public async Task Filter_OfAKeyWithOtherCharacters_FindsTheResource(string key)
    {
        var world = await server.WorldAsync();
        var body = new JsonObject { ["meta"] = new JsonObject { [key] = 5 } };
        var id = ApiJson.Id(await world.PostAsync(Kind, ResourceVerb.Create, id: null, body.ToJsonString()));

        Assert.Equal([id], (await world.ListAsync(Kind, $"?meta.{Uri.EscapeDataString(key)}=5")).Ids());
        Assert.Empty((await world.ListAsync(Kind, $"?meta.{Uri.EscapeDataString(key)}=6")).Ids());
    }

    private async Task<(ResourceWorld World, string Id)> CreateWithKeyAsync(string stored)
    {
        var world = await server.WorldAsync();
        var body = $$"""{"name":"gold 5 true","meta":{"key":{{stored}}, "other":"gold"} }""";
        return (world, ApiJson.Id(await world.PostAsync(Kind, ResourceVerb.Create, id: null, body)));
    }

    private static Task<JsonElement> ListAsync(ResourceWorld world, string filter) =>
        world.ListAsync(Kind, $"?meta.key={Uri.EscapeDataString(filter)}");
}
