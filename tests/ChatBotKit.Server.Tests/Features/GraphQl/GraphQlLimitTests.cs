using System.Text;
using ChatBotKit.Server.Features.GraphQl;
using ChatBotKit.Server.Features.GraphQl.Limits;
using ChatBotKit.Server.Tests.Resources;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Queries that would cost too much are refused before anything is read.</summary>
public sealed class GraphQlLimitTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    [Theory]
    [InlineData(30)]
    [InlineData(1_000)]
    [InlineData(5_000)]
    public async Task Query_ThatIsTooDeep_IsRefused(int depth)
    {
        var query = new StringBuilder("{ bot(id: \"a\") ");
        for (var level = 0; level < depth; level++)
            query.Append("{a");
        query.Append("{id}").Append('}', depth + 1);

        Assert.NotEmpty(await RefusedAsync(query.ToString()));
    }

    [Fact]
    public async Task Values_ThatAreTooDeep_AreRefused() =>
        Assert.NotEmpty(await RefusedAsync($"{{ bots(meta: {new string('[', 5_000)}{new string(']', 5_000)}) {{ cursor }} }}"));

    [Fact]
    public async Task ListsInLists_ThatCouldReturnTooMuch_AreRefused()
    {
        const string Query = "query Q($take: Int) { skillsets(take: $take) { items { id abilities(take: 100) { items { id name } } } } }";

        Assert.Contains("costs", await RefusedAsync(Query, new { take = 100 }), StringComparison.Ordinal);
        Assert.Contains("costs", await RefusedAsync(Query), StringComparison.Ordinal);
        await (await server.WorldAsync()).DataAsync(Query, new { take = 5 });
    }

    /// <summary>Each fragment uses the next one twice, so the query has 2 to the power of 28 fields.</summary>
    [Fact]
    public async Task Fragments_ThatGrowExponentially_AreRefused()
    {
        var query = new StringBuilder("{ bots { items { ...f0 } } } ");
        for (var number = 0; number < 28; number++)
            query.Append($"fragment f{number} on Bot {{ ...f{number + 1} ...f{number + 1} }} ");
        query.Append("fragment f28 on Bot { id }");

        Assert.Contains("costs", await RefusedAsync(query.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fragments_ThatUseThemselves_AreRefused() => Assert.Contains(
        "uses itself",
        await RefusedAsync("{ bots { items { ...a } } } fragment a on Bot { ...b } fragment b on Bot { id ...a }"),
        StringComparison.Ordinal);

    [Fact]
    public async Task FieldsAliasesAndFragments_AreCounted()
    {
        var fields = string.Concat(Enumerable.Repeat("id ", QueryLimits.MaxFields));
        Assert.Contains("fields", await RefusedAsync($"{{ bot(id: \"a\") {{ {fields} }} }}"), StringComparison.Ordinal);

        var aliases = string.Concat(Enumerable.Range(0, QueryLimits.MaxAliases + 1).Select(number => $"a{number}: bot(id: \"a\") {{ id }} "));
        Assert.Contains("aliases", await RefusedAsync($"{{ {aliases} }}"), StringComparison.Ordinal);

        var fragments = string.Concat(Enumerable.Range(0, QueryLimits.MaxFragments + 1).Select(number => $"fragment f{number} on Bot {{ id }} "));
        Assert.Contains("fragments", await RefusedAsync($"{{ bots {{ cursor }} }} {fragments}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Introspection_ThatGoesInCircles_IsRefused() => Assert.Contains(
        "introspection",
        await RefusedAsync("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"),
        StringComparison.Ordinal);

    [Fact]
    public async Task Query_ThatIsTooLong_IsRefused() =>
        Assert.Contains("characters", await RefusedAsync("{ bots { cursor } }" + new string(' ', 64 * 1024)), StringComparison.Ordinal);

    [Fact]
    public async Task Errors_OfAQueryOfFaults_AreLimited()
    {
        var answer = await (await server.WorldAsync()).QueryAsync($"{{ bots {{ cursor {string.Concat(Enumerable.Repeat("@a ", 10_000))} }} }}");

        Assert.Equal(GraphQlAnswer.MaxErrors, answer.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task Filters_ThatAreTooMany_AreRefused()
    {
        var world = await server.WorldAsync();
        var meta = Enumerable.Range(0, 5_000).Select(key => new { key = $"k{key}", value = "1" });

        var filtered = await world.QueryAsync("query M($meta: [MetaFilter!]) { bots(meta: $meta) { cursor } }", new { meta });
        var linked = await world.QueryAsync(
            "query L($ids: String) { bots(datasetId: $ids) { cursor } }", new { ids = string.Join(',', Enumerable.Repeat("a", 100_000)) });

        Assert.Equal("BAD_REQUEST", filtered.GetProperty("errors")[0].GetProperty("extensions").Text("code"));
        Assert.Equal("\"datasetId\" must have at most 500 values", linked.GetProperty("errors")[0].Text("message"));
    }

    /// <summary>The limits hold for a query that was allowed with other variables before.</summary>
    [Fact]
    public async Task Limits_HoldForARememberedQuery()
    {
        var world = await server.WorldAsync();
        const string Query = "query R($take: Int) { skillsets(take: 100) { items { abilities(take: $take) { items { id description } } } } }";
        await world.DataAsync(Query, new { take = 1 });
        await world.DataAsync(Query, new { take = 1 });

        Assert.Contains("costs", await world.RefusedQueryAsync(Query, new { take = 100 }), StringComparison.Ordinal);
        Assert.NotEmpty(await world.RefusedQueryAsync(Query, new { take = "x" }));
    }

    private async Task<string> RefusedAsync(string query, object? variables = null) =>
        await (await server.WorldAsync()).RefusedQueryAsync(query, variables);
}
