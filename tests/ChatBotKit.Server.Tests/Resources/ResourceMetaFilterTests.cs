using System.Text.Json;
using ChatBotKit.Server.Features.Bots;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Tests.Resources;

/// <summary>Which values of <c>meta</c> a filter finds: texts as they are, and booleans and numbers that have the value.</summary>
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

    private async Task<(ResourceWorld World, string Id)> CreateWithKeyAsync(string stored)
    {
        var world = await server.WorldAsync();
        var body = $$"""{"name":"gold 5 true","meta":{"key":{{stored}}, "other":"gold"} }""";
        return (world, ApiJson.Id(await world.PostAsync(Kind, ResourceVerb.Create, id: null, body)));
    }

    private static Task<JsonElement> ListAsync(ResourceWorld world, string filter) =>
        world.ListAsync(Kind, $"?meta.key={Uri.EscapeDataString(filter)}");
}
