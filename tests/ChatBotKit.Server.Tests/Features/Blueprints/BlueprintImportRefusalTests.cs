using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests.Resources;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>An import that is not valid stores nothing, and its error says what is wrong with it.</summary>
public sealed class BlueprintImportRefusalTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    [Theory]
    [InlineData("{}", "no_resources")]
    [InlineData("""{"bot":[]}""", "no_resources")]
    [InlineData("""{"robot":[{"id":"a"}]}""", "unsupported_resource_category")]
    [InlineData("""{"contact":[{"id":"a"}]}""", "unsupported_resource_category")]
    [InlineData("""{"bot":{"id":"a"}}""", "invalid_resource")]
    [InlineData("""{"bot":[1]}""", "invalid_resource")]
    [InlineData("""{"bot":[null]}""", "invalid_resource")]
    [InlineData("""{"bot":[{"id":5}]}""", "invalid_resource")]
    [InlineData("""{"bot":[{"name":5}]}""", "invalid_resource")]
    [InlineData("""{"bot":[{"alias":"No Alias"}]}""", "invalid_resource")]
    [InlineData("""{"bot":[{"alias":{"$default":"x y"}}]}""", "invalid_resource")]
    [InlineData("""{"bot":[{"model":"nothing-like-it"}]}""", "invalid_resource")]
    [InlineData("""{"bot":[{"visibility":"secret"}]}""", "invalid_resource")]
    [InlineData("""{"secret":[{"kind":"personal","value":"x"}]}""", "invalid_resource")]
    [InlineData("""{"bot":[{"id":"a"},{"id":"a"}]}""", "duplicate_resource_id")]
    [InlineData("""{"bot":[{"id":"a"}],"dataset":[{"id":"a"}]}""", "duplicate_resource_id")]
    [InlineData("""{"bot":[{"alias":"a"},{"alias":"a"}]}""", "duplicate_resource_alias")]
    [InlineData("""{"bot":[{"datasetId":"nothing"}]}""", "missing_reference")]
    [InlineData("""{"bot":[{"datasetId":"@nothing"}]}""", "missing_reference")]
    [InlineData("""{"bot":[{"skillsetId":"d"}],"dataset":[{"id":"d"}]}""", "missing_reference")]
    [InlineData("""{"ability":[{"name":"x"}]}""", "missing_reference")]
    [InlineData("""{"ability":[{"name":"x","skillsetId":"nothing"}]}""", "missing_reference")]
    [InlineData("""{"bot":[{"id":"a","skillsetId":"a"}]}""", "cyclic_dependency")]
    [InlineData("""{"dataset":[{"id":"d","botId":"b"}],"bot":[{"id":"b","datasetId":"d"}]}""", "cyclic_dependency")]
    [InlineData("""{"file":[{"$text":5}]}""", "invalid_resource")]
    [InlineData("""{"space":[{"$files":"x"}]}""", "invalid_resource")]
    [InlineData("""{"space":[{"$files":[{"path":"a"}]}]}""", "invalid_resource")]
    [InlineData("""{"space":[{"$files":[{"path":"../a","content":""}]}]}""", "invalid_resource")]
    [InlineData("""{"space":[{"$files":[{"path":"a","content":""},{"path":"a/b","content":""}]}]}""", "invalid_resource")]
    [InlineData("""{"space":[{"$files":[{"path":"a","content":""},{"path":"/a","content":""}]}]}""", "invalid_resource")]
    public async Task Import_ThatIsNotValid_StoresNothing(string resources, string error)
    {
        var world = await server.WorldAsync();
        var blueprint = await world.CreateBlueprintAsync();

        var issues = await world.RefusedImportAsync(blueprint, WithAValidOne(resources));

        Assert.Contains(issues, issue => issue.Text("error") == error);
        Assert.All(issues, issue => Assert.NotEmpty(issue.Text("message")!));
        Assert.Equal(1, await server.CountResourcesAsync(world));
    }

    [Fact]
    public async Task Cycle_IsShown_WithItsIds()
    {
        var world = await server.WorldAsync();
        var blueprint = await world.CreateBlueprintAsync();

        var issue = Assert.Single(await world.RefusedImportAsync(
            blueprint, """{"dataset":[{"id":"d","botId":"b"}],"bot":[{"id":"b","datasetId":"d"},{"id":"c","datasetId":"d"}]}"""));

        var cycle = issue.GetProperty("cycle").EnumerateArray().Select(id => id.GetString()).ToList();
        Assert.Equal(cycle[0], cycle[^1]);
        Assert.Equal(["b", "d"], cycle[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Issue_NamesTheResourceAndTheField()
    {
        var world = await server.WorldAsync();
        var blueprint = await world.CreateBlueprintAsync();

        var issue = Assert.Single(await world.RefusedImportAsync(blueprint, """{"bot":[{},{"id":"b","datasetId":"nothing"}]}"""));

        Assert.Equal(
            ("bot", 1, "b", "datasetId"),
            (issue.Text("category"), issue.GetProperty("index").GetInt32(), issue.Text("id"), issue.Text("field")));
    }

    /// <summary>The address is found taken by the database, when other resources of the import are already written.</summary>
    [Fact]
    public async Task Address_ThatIsTaken_RollsEverythingBack()
    {
        var (world, other) = (await server.WorldAsync(), await server.WorldAsync());
        await other.CreateAsync(ResourceServer.Kind("portal"), new JsonObject { ["slug"] = "taken-by-other" });
        var blueprint = await world.CreateBlueprintAsync();

        var issue = Assert.Single(await world.RefusedImportAsync(
            blueprint, """{"bot":[{"name":"a"}],"file":[{"$text":"x"}],"portal":[{"slug":"taken-by-other"}]}""", "409 CONFLICT"));

        Assert.Equal("resource_address_taken", issue.Text("error"));
        Assert.Equal(1, await server.CountResourcesAsync(world));
    }

    [Fact]
    public async Task Import_IntoAForeignBlueprint_IsNotFound()
    {
        var (world, other) = (await server.WorldAsync(), await server.WorldAsync());
        var foreign = await other.CreateBlueprintAsync(new JsonObject { ["visibility"] = "public" });

        await world.Client.AssertRefusedAsync(
            "404 NOT_FOUND", HttpMethod.Post, $"blueprint/{foreign}/resource/import", """{"resources":{"bot":[{}]}}""");
    }

    [Fact]
    public async Task Reference_ToAForeignResource_IsMissing()
    {
        var (world, other) = (await server.WorldAsync(), await server.WorldAsync());
        var foreign = await other.CreateAsync(ResourceServer.Kind("dataset"));
        var blueprint = await world.CreateBlueprintAsync();

        var issue = Assert.Single(await world.RefusedImportAsync(blueprint, $$"""{"bot":[{"datasetId":"{{foreign}}"}]}"""));

        Assert.Equal("missing_reference", issue.Text("error"));
    }

    [Fact]
    public async Task Import_ThatIsTooLarge_IsRefused()
    {
        var world = await server.WorldAsync();
        var blueprint = await world.CreateBlueprintAsync();
        var many = new JsonArray([.. Enumerable.Range(0, 1_001).Select(index => new JsonObject { ["name"] = $"{index}" })]);
        var issue = Assert.Single(await world.RefusedImportAsync(blueprint, new JsonObject { ["bot"] = many }.ToJsonString()));
        Assert.Equal("too_many_resources", issue.Text("error"));

        // 10 MB
        var large = new JsonObject { ["resources"] = new JsonObject { ["bot"] = new JsonArray(new JsonObject { ["backstory"] = new string('a', 10_000_000) }) } };
        await world.Client.AssertRefusedAsync("413 CONTENT_TOO_LARGE", HttpMethod.Post, $"blueprint/{blueprint}/resource/import", large.ToJsonString());
        Assert.Equal(1, await server.CountResourcesAsync(world));
    }

    /// <summary>Adds a resource that could be imported, so that the test shows that it is not.</summary>
    private static string WithAValidOne(string resources)
    {
        var all = JsonNode.Parse(resources)!.AsObject();
        if (all.Any(category => category.Value is not JsonArray { Count: 0 }))
            all["policy"] = new JsonArray(new JsonObject { ["type"] = "retention" });
        return all.ToJsonString();
    }
}
