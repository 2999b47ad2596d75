using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.GraphQl.Schema;
using ChatBotKit.Server.Tests.Resources;

namespace ChatBotKit.Server.Tests.Features;

public sealed class GraphQlQueryTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    [Fact]
    public async Task Lists_ArePaged_AndOrdered()
    {
        var world = await server.WorldAsync();
        for (var number = 0; number < 5; number++)
        {
            await world.CreateAsync(ResourceServer.Kind("bot"), new JsonObject { ["name"] = $"{number}", ["meta"] = new JsonObject { ["odd"] = number % 2 == 1 } });
            server.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        const string Query = "query Page($take: Int, $cursor: String, $order: Order) { bots(take: $take, cursor: $cursor, order: $order) { cursor items { name } } }";
        var first = (await world.DataAsync(Query, new { take = 2 })).GetProperty("bots");
        var second = (await world.DataAsync(Query, new { take = 2, cursor = first.Text("cursor") })).GetProperty("bots");
        var oldest = (await world.DataAsync(Query, new { take = 2, order = "asc" })).GetProperty("bots");
        var odd = (await world.DataAsync("{ bots(meta: [{key: \"odd\", value: \"true\"}]) { items { name meta } } }")).GetProperty("bots");

        Assert.Equal(["4", "3"], NamesOf(first));
        Assert.Equal(["2", "1"], NamesOf(second));
        Assert.Equal(["0", "1"], NamesOf(oldest));
        Assert.Equal(["3", "1"], NamesOf(odd));
        Assert.True(odd.Items().First().GetProperty("meta").GetProperty("odd").GetBoolean());
    }

    [Fact]
    public async Task ReferencesAndChildren_AreReadTogether()
    {
        var world = await server.WorldAsync();
        for (var number = 0; number < 12; number++)
        {
            var skillset = await world.CreateAsync(ResourceServer.Kind("skillset"), new JsonObject { ["name"] = $"{number}" });
            foreach (var name in new[] { "a", "b", "c" })
            {
                server.Time.Advance(TimeSpan.FromMilliseconds(1));
                await world.Client.ReadAsync(HttpMethod.Post, $"skillset/{skillset}/ability/create", $$"""{"name":"{{number}}{{name}}","instruction":"x"}""");
            }

            await world.CreateAsync(ResourceServer.Kind("bot"), new JsonObject { ["skillsetId"] = skillset, ["name"] = $"{number}" });
        }

        var data = await world.DataAsync(
            "{ bots(take: 12) { items { name skillset { name abilities(take: 2, order: asc) { cursor items { name skillset { name } } } } } } }");

        var bots = data.GetProperty("bots").Items().ToList();
        Assert.Equal(12, bots.Count);
        Assert.All(bots, bot =>
        {
            var skillset = bot.GetProperty("skillset");
            Assert.Equal(bot.Text("name"), skillset.Text("name"));
            Assert.Equal([$"{bot.Text("name")}a", $"{bot.Text("name")}b"], NamesOf(skillset.GetProperty("abilities")));
            Assert.All(skillset.GetProperty("abilities").Items(), ability => Assert.Equal(bot.Text("name"), ability.GetProperty("skillset").Text("name")));
        });
    }

    [Fact]
    public async Task Reference_ToAResourceOfAnotherAccount_IsNull()
    {
        var (world, other) = (await server.WorldAsync(), await server.WorldAsync());
        var shared = await other.CreateAsync(ResourceServer.Kind("dataset"), new JsonObject { ["visibility"] = "public" });
        await world.CreateAsync(ResourceServer.Kind("bot"), new JsonObject { ["datasetId"] = shared });

        var bot = (await world.DataAsync("{ bots { items { datasetId dataset { id } } } }")).GetProperty("bots").Items().Single();

        Assert.Equal((shared, JsonValueKind.Null), (bot.Text("datasetId"), bot.GetProperty("dataset").ValueKind));
    }

    [Fact]
    public async Task Credentials_AreMasked()
    {
        var world = await server.WorldAsync();
        await world.CreateAsync(ResourceServer.Kind("integration.slack"), new JsonObject { ["botToken"] = "top-secret" });

        var answer = await world.QueryAsync("{ slackIntegrations { items { botToken } } }");

        Assert.Equal("""{"data":{"slackIntegrations":{"items":[{"botToken":"********"}]}}}""", answer.GetRawText());
    }

    [Fact]
    public async Task Resource_IsFound_ByAliasAndName()
    {
        var world = await server.WorldAsync();
        var id = await world.CreateAsync(ResourceServer.Kind("bot"), new JsonObject { ["alias"] = "help", ["name"] = "Help (me)" });

        var data = await world.DataAsync("{ a: bot(id: \"@help\") { id } b: bot(id: \"(Help (me))\") { id __typename } }");

        Assert.Equal((id, id, "Bot"), (data.GetProperty("a").Id(), data.GetProperty("b").Id(), data.GetProperty("b").Text("__typename")));
    }

    [Fact]
    public async Task Error_OfAField_LeavesTheOthers()
    {
        var world = await server.WorldAsync();

        var answer = await world.QueryAsync("{ bot(id: \"nothing\") { id } bots { items { id } cursor } tasks(status: \"odd\") { cursor } }");

        Assert.Equal(
            """{"bot":null,"bots":{"items":[],"cursor":null},"tasks":null}""", answer.GetProperty("data").GetRawText());
        var errors = answer.GetProperty("errors").EnumerateArray().OrderBy(error => error.GetProperty("path")[0].GetString(), StringComparer.Ordinal).ToList();
        Assert.Equal(("Bot not found", "NOT_FOUND", "bot"), (errors[0].Text("message"), CodeOf(errors[0]), errors[0].GetProperty("path")[0].GetString()));
        Assert.Equal("BAD_REQUEST", CodeOf(errors[1]));
        Assert.Equal(1, errors[0].GetProperty("locations")[0].GetProperty("line").GetInt32());
    }

    [Theory]
    [InlineData("{ bots { items { id }", "")]
    [InlineData("{ robots { id } }", "robots")]
    [InlineData("{ bots { items { nothing } } }", "nothing")]
    [InlineData("{ bots(take: \"x\") { cursor } }", "take")]
    [InlineData("mutation { createBot { id } }", "mutation")]
    [InlineData("", "")]
    public async Task Query_ThatIsNotValid_HasErrorsOnly(string query, string part)
    {
        var world = await server.WorldAsync();

        var message = await world.RefusedQueryAsync(query);

        Assert.Contains(part, message, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A query that was allowed is remembered, but not for another of its operations.</summary>
    [Fact]
    public async Task Operation_IsValidated_AlsoBesideOneThatIsRemembered()
    {
        var world = await server.WorldAsync();
        const string Query = "query Good { bots { cursor } } query Bad { bots { nothing } }";
        for (var time = 0; time < 2; time++)
        {
            var good = await world.Client.ReadAsync(HttpMethod.Post, "graphql", new { query = Query, operationName = "Good" });
            var bad = await world.Client.ReadAsync(HttpMethod.Post, "graphql", new { query = Query, operationName = "Bad" });

            Assert.True(good.TryGetProperty("data", out _) || good.GetProperty("errors")[0].Text("message")!.Contains("nothing", StringComparison.Ordinal));
            Assert.Contains("nothing", bad.GetProperty("errors")[0].Text("message"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Introspection_ShowsEveryKind()
    {
        var world = await server.WorldAsync();

        var types = (await world.DataAsync(IntrospectionQuery)).GetProperty("__schema").GetProperty("types").EnumerateArray().Select(type => type.Text("name")).ToList();

        Assert.All(ResourceServer.Kinds, kind => Assert.Contains(types, name => string.Equals(name, ResourceSchema.NameOf(kind), StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Query_NeedsAnApiToken()
    {
        using var client = server.Factory.Client(null);
        await client.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, "graphql", """{"query":"{ bots { cursor } }"}""");
        await (await server.WorldAsync()).Client.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, "graphql", "{}");
    }

    [Fact]
    public async Task Children_OfManyParents_AreCutForEachParent()
    {
        var world = await server.WorldAsync();
        var ids = new List<string>();
        foreach (var count in new[] { 3, 0, 1 })
        {
            var skillset = await world.CreateAsync(ResourceServer.Kind("skillset"));
            ids.Add(skillset);
            for (var number = 0; number < count; number++)
                await world.Client.ReadAsync(HttpMethod.Post, $"skillset/{skillset}/ability/create", """{"name":"a","instruction":"x"}""");
        }

        var rows = await server.Factory.Store.QueryAsync(
            db => db.ListChildrenAsync(world.AccountId, "ability", ids, descending: true, take: 2, maxBytes: 1_000_000), TestContext.Current.CancellationToken);

        Assert.Equal([2, 1], ids.Select(id => rows.Count(row => row.ParentId == id)).Where(count => count > 0));
    }

    /// <summary>The query that the tools of GraphQL send.</summary>
    internal const string IntrospectionQuery = """
        query IntrospectionQuery { __schema { queryType { name } mutationType { name } subscriptionType { name }
          types { ...FullType } directives { name description locations args { ...InputValue } } } }
        fragment FullType on __Type { kind name description
          fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
          inputFields { ...InputValue } interfaces { ...TypeRef }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
        fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
        fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
          ofType { kind name ofType { kind name ofType { kind name } } } } } } } }
        """;

    private static List<string?> NamesOf(JsonElement list) => [.. list.Items().Select(item => item.Text("name"))];

    private static string? CodeOf(JsonElement error) => error.GetProperty("extensions").Text("code");
}
