using System.Text.Json.Nodes;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Tests.Resources;

namespace ChatBotKit.Server.Tests.Features;

public sealed class BlueprintImportTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    [Fact]
    public async Task References_WithinTheImport_LeadToTheNewResources()
    {
        var (world, blueprint) = await ArrangeAsync();

        // The order of the categories is not that of the references.
        var response = await world.ImportAsync(blueprint, """
            {"ability":[{"id":"a","name":"tell","instruction":"x","skillsetId":"s","linkedBotId":"b"}],
             "bot":[{"id":"b","name":"Bot","description":"D","datasetId":"@docs","skillsetId":"s"}],
             "dataset":[{"id":"d","alias":"docs"}],"skillset":[{"id":"s"}]}
            """);

        var bot = await world.FetchAsync(ResourceServer.Kind("bot"), response.IdOf("bot"));
        Assert.Equal(response.IdOf("dataset"), bot.Text("datasetId"));
        Assert.Equal(response.IdOf("skillset"), bot.Text("skillsetId"));
        Assert.Equal(blueprint, bot.Text("blueprintId"));
        var ability = await world.Client.ReadAsync(HttpMethod.Get, $"skillset/{response.IdOf("skillset")}/ability/{response.IdOf("ability")}/fetch");
        Assert.Equal(bot.Id(), ability.Text("botId"));
        Assert.Equal(
            $$"""[{"id":"{{bot.Id()}}","name":"Bot","description":"D"}]""", response.GetProperty("resources").GetProperty("bot").GetRawText());
        Assert.Equal(4, await server.CountLinksFromAsync(bot.Id()) + await server.CountLinksFromAsync(ability.Id()) - 1);
    }

    [Fact]
    public async Task Fields_OfTheServerAndUnknownOnes_AreIgnored()
    {
        var (world, blueprint) = await ArrangeAsync();
        var other = await world.CreateBlueprintAsync();

        var response = await world.ImportAsync(
            blueprint, $$"""{"bot":[{"id":"mine","userId":"u","lockId":"l","blueprintId":"{{other}}","createdAt":1,"updatedAt":1,"colour":"red"}]}""");

        var bot = await world.FetchAsync(ResourceServer.Kind("bot"), response.IdOf("bot"));
        Assert.NotEqual("mine", bot.Id());
        Assert.Equal(blueprint, bot.Text("blueprintId"));
        Assert.NotEqual(1, bot.GetProperty("createdAt").GetInt64());
    }

    [Fact]
    public async Task Alias_OfTheBlueprint_IsUpdatedInPlace_AndKeepsItsCredentials()
    {
        var (world, blueprint) = await ArrangeAsync();
        var first = await world.ImportAsync(blueprint, """
            {"secret":[{"alias":"key","name":"Old","value":"top-secret","config":{"clientId":"a","clientSecret":"hidden"}}],
             "slackIntegration":[{"alias":"slack","botToken":"xoxb","name":"Old"}]}
            """);

        var second = await world.ImportAsync(blueprint, """
            {"secret":[{"alias":"key","name":"New","value":"other","config":{"clientId":"b"}}],
             "slackIntegration":[{"alias":"slack","botToken":"other","name":"New"}]}
            """);

        Assert.Equal(first.IdOf("secret"), second.IdOf("secret"));
        var (secret, slack) = (await server.RowAsync(first.IdOf("secret")), await server.RowAsync(first.IdOf("slackIntegration")));
        var secrets = server.Service<ResourceSecrets>();
        Assert.Equal(("top-secret", "hidden"), (secrets.Reveal(secret, "value"), secrets.Reveal(secret, "config.clientSecret")));
        Assert.Equal("xoxb", secrets.Reveal(slack, "botToken"));
        Assert.Equal("New", (await world.FetchAsync(ResourceServer.Kind("secret"), "@key")).Text("name"));
        Assert.Equal("New", (await world.FetchAsync(ResourceServer.Kind("integration.slack"), "@slack")).Text("name"));
    }

    [Fact]
    public async Task Import_OfWhatIsThere_WritesNothing()
    {
        var (world, blueprint) = await ArrangeAsync();
        const string Resources = """{"skillset":[{"id":"s","alias":"tools","name":"Tools"}],"ability":[{"alias":"tell","skillsetId":"s","name":"tell"}]}""";
        var first = await world.ImportAsync(blueprint, Resources);

        var second = await world.ImportAsync(blueprint, Resources);

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(1, (await server.RowAsync(first.IdOf("skillset"))).Version);
        Assert.Equal(1, (await server.RowAsync(first.IdOf("ability"))).Version);
    }

    [Fact]
    public async Task Default_IsUsed_OnlyForANewResource()
    {
        var (world, blueprint) = await ArrangeAsync();
        const string Resources = """{"bot":[{"alias":"help","name":"Help","backstory":{"$default":"You help."}}]}""";
        await world.ImportAsync(blueprint, Resources);
        Assert.Equal("You help.", (await world.FetchAsync(ResourceServer.Kind("bot"), "@help")).Text("backstory"));
        await world.UpdateAsync(ResourceServer.Kind("bot"), "@help", new JsonObject { ["backstory"] = "Mine.", ["alias"] = "help" });

        await world.ImportAsync(blueprint, Resources);

        Assert.Equal("Mine.", (await world.FetchAsync(ResourceServer.Kind("bot"), "@help")).Text("backstory"));
    }

    [Fact]
    public async Task Default_ForAnAliasOrAParent_IsUsedLikeTheValue()
    {
        var (world, blueprint) = await ArrangeAsync();
        const string Resources = """
            {"skillset":[{"id":"s","alias":{"$default":"tools"}}],"ability":[{"alias":"time","name":"time","instruction":"x","skillsetId":{"$default":"s"}}]}
            """;

        var first = await world.ImportAsync(blueprint, Resources);
        var second = await world.ImportAsync(blueprint, Resources);

        Assert.Equal((first.IdOf("skillset"), first.IdOf("ability")), (second.IdOf("skillset"), second.IdOf("ability")));
    }

    [Fact]
    public async Task Contents_OfFilesAndSpaces_AreStored_OnlyForNewResources()
    {
        var (world, blueprint) = await ArrangeAsync();
        var response = await world.ImportAsync(blueprint, Contents("first"));
        await world.ImportAsync(blueprint, Contents("second"));

        Assert.Equal("first ü", await world.Client.ReadTextAsync($"file/{response.IdOf("file")}/download", "application/octet-stream"));
        Assert.Equal("# first", await world.Client.ReadTextAsync($"space/{response.IdOf("space")}/storage/download/docs/read%20me.md", "application/octet-stream"));
        Assert.Equal("text/plain", (await world.FetchAsync(ResourceServer.Kind("file"), "@text")).GetProperty("meta").Text("contentType"));

        static string Contents(string text) => $$"""
            {"file":[{"alias":"text","$text":"{{text}} ü"}],
             "space":[{"alias":"room","$files":[{"path":"docs/read me.md","content":"# {{text}}"},{"path":"/b.txt","content":""}]}]}
            """;
    }

    [Fact]
    public async Task Ensure_CreatesTheBlueprint_ForAnAliasOnly()
    {
        var world = await server.WorldAsync();
        const string Resources = """{"bot":[{"alias":"ensured"}]}""";

        var first = await world.ImportAsync("@new", Resources, ensure: true);
        var second = await world.ImportAsync("@new", Resources, ensure: true);

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(first.Id(), (await world.FetchAsync(ResourceServer.Kind("blueprint"), "@new")).Id());
        foreach (var address in new[] { "cnothing", "@@new", "(new)" })
        {
            await world.Client.AssertRefusedAsync(
                "404 NOT_FOUND", HttpMethod.Post, $"blueprint/{address}/resource/import", """{"ensure":true,"resources":{"bot":[{}]}}""");
        }

        await world.Client.AssertRefusedAsync(
            "404 NOT_FOUND", HttpMethod.Post, "blueprint/@other/resource/import", """{"resources":{"bot":[{}]}}""");
    }

    [Fact]
    public async Task Resource_WithoutABlueprint_ComesHome_AndOneOfAnotherDoesNot()
    {
        var (world, blueprint) = await ArrangeAsync();
        var orphan = await world.CreateAsync(ResourceServer.Kind("bot"), new JsonObject { ["alias"] = "orphan" });
        var response = await world.ImportAsync(blueprint, """{"bot":[{"alias":"orphan"}]}""");
        Assert.Equal((orphan, blueprint), (response.IdOf("bot"), (await world.FetchAsync(ResourceServer.Kind("bot"), orphan)).Text("blueprintId")));

        var other = await world.CreateBlueprintAsync();
        var issue = Assert.Single(await world.RefusedImportAsync(other, """{"bot":[{"alias":"orphan"}]}"""));

        Assert.Equal(
            ("resource_alias_in_active_blueprint", blueprint, other), (issue.Text("error"), issue.Text("existingBlueprintId"), issue.Text("targetBlueprintId")));
    }

    [Fact]
    public async Task Import_RepeatedWithItsKey_ImportsOnce()
    {
        var (world, blueprint) = await ArrangeAsync();
        const string Body = """{"resources":{"bot":[{"name":"a"}]}}""";

        var first = await world.Client.ReadAsync(HttpMethod.Post, $"blueprint/{blueprint}/resource/import", Body, key: "once");
        var second = await world.Client.ReadAsync(HttpMethod.Post, $"blueprint/{blueprint}/resource/import", Body, key: "once");

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(2, await server.CountResourcesAsync(world));
    }

    private async Task<(ResourceWorld World, string Blueprint)> ArrangeAsync()
    {
        var world = await server.WorldAsync();
        return (world, await world.CreateBlueprintAsync());
    }
}
