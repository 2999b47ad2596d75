using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.GraphQl.Results;
using ChatBotKit.Server.Tests.Resources;
using GraphQL.Types;
using GraphQLParser.AST;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Values of resources that are copied without a resolver, and queries that are remembered.</summary>
public sealed class GraphQlSelectionTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    private static readonly FieldType TypeName = new() { Name = "typename" };

    [Fact]
    public async Task Fields_KeepTheOrderOfTheQuery_WithAliasesAndReferences()
    {
        var world = await server.WorldAsync();
        var dataset = await world.CreateAsync(ResourceServer.Kind("dataset"), new JsonObject { ["name"] = "Plants" });
        await world.CreateAsync(ResourceServer.Kind("bot"), new JsonObject
        {
            ["name"] = "Fl\"ora\u00e9\n",
            ["datasetId"] = dataset,
            ["privacy"] = true,
            ["meta"] = new JsonObject { ["a"] = new JsonArray(1, "b", null) },
        });

        var data = await world.DataAsync(
            "{ bots { items { kind: __typename privacy dataset { name __typename } again: name name alias meta } } }");

        Assert.Equal(
            """[{"kind":"Bot","privacy":true,"dataset":{"name":"Plants","__typename":"Dataset"},"again":"Fl\"oraé\n","name":"Fl\"oraé\n","alias":null,"meta":{"a":[1,"b",null]}}]""",
            data.GetProperty("bots").GetProperty("items").GetRawText());
    }

    [Fact]
    public async Task SelectionsOfTheSameField_AreMerged()
    {
        var world = await server.WorldAsync();
        var dataset = await world.CreateAsync(ResourceServer.Kind("dataset"), new JsonObject { ["name"] = "Plants", ["description"] = "Green" });
        foreach (var name in new[] { "a", "b" })
        {
            await world.CreateAsync(ResourceServer.Kind("bot"), new JsonObject { ["name"] = name, ["datasetId"] = dataset });
            server.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var data = await world.DataAsync(
            "{ bots(order: asc) { items { name ...set } items { dataset { description } } } } fragment set on Bot { dataset { name } }");

        Assert.Equal(
            """[{"name":"a","dataset":{"name":"Plants","description":"Green"}},{"name":"b","dataset":{"name":"Plants","description":"Green"}}]""",
            data.GetProperty("bots").GetProperty("items").GetRawText());
    }

    /// <summary>A remembered query keeps nothing of the variables and of the account of an earlier request.</summary>
    [Fact]
    public async Task RememberedQuery_ReadsTheVariablesAndTheAccountOfItsRequest()
    {
        const string Query = "query Q($take: Int, $full: Boolean!) { bots(take: $take, order: asc) { items { name description @include(if: $full) } } }";
        var (world, other) = (await server.WorldAsync(), await server.WorldAsync());
        foreach (var name in new[] { "a", "b" })
        {
            await world.CreateAsync(ResourceServer.Kind("bot"), new JsonObject { ["name"] = name, ["description"] = "x" });
            server.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await other.CreateAsync(ResourceServer.Kind("bot"), new JsonObject { ["name"] = "c" });
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal("""[{"name":"a"}]""", await ItemsAsync(world, new { take = 1, full = false }));
            Assert.Equal("""[{"name":"a","description":"x"},{"name":"b","description":"x"}]""", await ItemsAsync(world, new { take = 2, full = true }));
            Assert.Equal("""[{"name":"c"}]""", await ItemsAsync(other, new { take = 2, full = false }));
            Assert.Contains("full", await world.RefusedQueryAsync(Query, new { take = 2 }), StringComparison.Ordinal);
        }

        async Task<string> ItemsAsync(ResourceWorld of, object variables) =>
            (await of.DataAsync(Query, variables)).GetProperty("bots").GetProperty("items").GetRawText();
    }

    /// <summary>The cost is computed for each request when it depends on a variable.</summary>
    [Fact]
    public async Task RememberedQuery_IsRefused_WhenItsVariablesCostTooMuch()
    {
        const string Query = "query Q($take: Int) { skillsets(take: $take) { items { id abilities(take: 100) { items { name id } } } } }";
        var world = await server.WorldAsync();

        await world.DataAsync(Query, new { take = 5 });

        Assert.Contains("costs", await world.RefusedQueryAsync(Query, new { take = 100 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"x":"a","other":{"x":"b"}}""", nameof(StoredForm.Text), "\"a\"")]
    [InlineData("""{"\u0078":"a"}""", nameof(StoredForm.Text), "\"a\"")]
    [InlineData("""{"x":5}""", nameof(StoredForm.Text), "")]
    [InlineData("""{"x":null}""", nameof(StoredForm.Flag), "")]
    [InlineData("""{"y":1}""", nameof(StoredForm.Integer), "")]
    [InlineData("""{"x":-12,"y":1}""", nameof(StoredForm.Integer), "-12")]
    [InlineData("""{"x": 1.5 }""", nameof(StoredForm.Number), "1.5")]
    [InlineData("""{"x":{"a":[1,{}]},"y":1}""", nameof(StoredForm.Json), """{"a":[1,{}]}""")]
    public void Value_IsFoundInTheDocument(string document, string form, string value)
    {
        var json = Encoding.UTF8.GetBytes(document);

        var found = Assert.Single(SelectionOf(Enum.Parse<StoredForm>(form)).Find(json)!);

        Assert.Equal(value, Encoding.UTF8.GetString(json[found]));
    }

    /// <summary>Such a value is left to the resolver, which reports it as an error of its field alone.</summary>
    [Theory]
    [InlineData("""{"x":"a"}""", nameof(StoredForm.Flag))]
    [InlineData("""{"x":1.5}""", nameof(StoredForm.Integer))]
    [InlineData("""{"x":"1"}""", nameof(StoredForm.Number))]
    [InlineData("""{"x":{}}""", nameof(StoredForm.Integer))]
    [InlineData("""{"x":1""", nameof(StoredForm.Integer))]
    public void Document_WithAValueOfAnotherForm_IsLeftToTheResolvers(string document, string form) =>
        Assert.Null(SelectionOf(Enum.Parse<StoredForm>(form)).Find(Encoding.UTF8.GetBytes(document)));

    private static ResourceSelection SelectionOf(StoredForm form) => new(
        new Dictionary<string, (GraphQLField, FieldType)> { ["a"] = (new GraphQLField(new GraphQLName("x")), new StoredField("x", form)) }, TypeName);
}
