using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Blueprints;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Tests.Resources;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The export of a blueprint can be imported, for every kind of resources from its declaration.</summary>
public sealed class BlueprintRoundTripTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    private static readonly BlueprintCategories Categories = new(new ResourceKinds(ResourceServer.Kinds));

    [Fact]
    public void EveryKind_ThatHasABlueprint_HasACategory()
    {
        var names = Categories.All.Select(BlueprintCategories.NameOf).ToList();

        Assert.Equal(
            ResourceServer.Kinds.Count(kind => kind.CreateType.Properties.Any(property => property.Name == "blueprintId")), names.Count);
        Assert.All(["bot", "ability", "slackIntegration", "mcpserverIntegration", "task"], name => Assert.Contains(name, names));
    }

    [Fact]
    public async Task Export_ImportedIntoAnotherAccount_IsExportedTheSame()
    {
        var (source, target) = (await server.WorldAsync(), await server.WorldAsync());
        var blueprint = await source.CreateBlueprintAsync();
        await CreateEveryKindAsync(source, blueprint);
        var exported = await source.ExportAsync(blueprint);
        // The addresses of portals are unique on the whole server.
        await source.Client.ReadAsync(HttpMethod.Post, $"blueprint/{blueprint}/delete", """{"deleteResources":true}""");

        var copy = await target.CreateBlueprintAsync();
        var imported = await target.ImportAsync(copy, exported.GetRawText());
        var again = await target.ExportAsync(copy);

        Assert.Equal(Categories.All.Count, exported.EnumerateObject().Count());
        Assert.All(exported.EnumerateObject(), category => Assert.Equal(2, category.Value.GetArrayLength()));
        Assert.Equal(WithoutIds(exported), WithoutIds(again));
        Assert.NotEqual(exported.GetRawText(), again.GetRawText());
        Assert.Equal(copy, imported.Id());
    }

    [Fact]
    public async Task Export_HasNoCredentials_AndNothingOfTheServer()
    {
        var world = await server.WorldAsync();
        var blueprint = await world.CreateBlueprintAsync();
        await CreateEveryKindAsync(world, blueprint);

        var exported = await world.ExportAsync(blueprint);

        foreach (var kind in Categories.All)
        {
            var hidden = kind.Secrets.Select(secret => secret.Field.Split('.')[0]).Concat(["blueprintId", "createdAt", "updatedAt"]).ToList();
            foreach (var item in exported.GetProperty(BlueprintCategories.NameOf(kind)).EnumerateArray())
                Assert.DoesNotContain(item.EnumerateObject(), member => hidden.Contains(member.Name));
        }

        var text = exported.GetRawText();
        Assert.DoesNotContain(ResourceSecret.Mask, text, StringComparison.Ordinal);
        Assert.DoesNotContain("top-secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_HasTheResourcesOfEveryKind_AndWhatTheyReferTo()
    {
        var world = await server.WorldAsync();
        var blueprint = await world.CreateBlueprintAsync();
        await CreateEveryKindAsync(world, blueprint);
        await world.CreateAsync(ResourceServer.Kind("bot"));

        var listed = (await world.Client.ReadAsync(HttpMethod.Get, $"blueprint/{blueprint}/resource/list")).GetProperty("resources");

        Assert.Equal(
            Categories.All.Select(BlueprintCategories.NameOf).Order(StringComparer.Ordinal),
            listed.EnumerateObject().Select(category => category.Name).Order(StringComparer.Ordinal));
        var bot = Assert.Single(listed.GetProperty("bot").EnumerateArray(), item => item.Text("datasetId") is not null);
        Assert.Contains(listed.GetProperty("dataset").EnumerateArray(), item => item.Id() == bot.Text("datasetId"));
        Assert.Equal(blueprint, bot.Text("blueprintId"));
        Assert.False(bot.TryGetProperty("backstory", out _));
        Assert.Equal(2, listed.GetProperty("bot").GetArrayLength());
    }

    /// <summary>Creates two resources of every kind: one with every field, and one with those that are required.</summary>
    private static async Task CreateEveryKindAsync(ResourceWorld world, string blueprint)
    {
        var first = new Dictionary<string, string>();
        foreach (var kind in InOrder())
        {
            foreach (var isFull in new[] { true, false })
            {
                var fields = isFull ? FieldsOf(kind, first) : [];
                fields["blueprintId"] = blueprint;
                foreach (var property in kind.CreateType.Properties.Where(property => property.IsRequired && kind.Fields.IsReference(property.Name)))
                    fields[property.Name] = first[kind.References.Single(reference => reference.Field == property.Name).Target];
                var body = ResourceSamples.Required(kind);
                foreach (var (field, value) in fields)
                    body[field] = value?.DeepClone();
                var path = await world.PathAsync(kind, ResourceVerb.Create, id: null, kind.Parent is { } parent ? first[parent] : null);
                var id = ApiJson.Id(await world.Client.ReadAsync(HttpMethod.Post, path, body.ToJsonString()));
                first.TryAdd(kind.Name, id);
            }
        }
    }

    private static JsonObject FieldsOf(ResourceKind kind, Dictionary<string, string> targets)
    {
        var fields = new JsonObject();
        foreach (var property in kind.CreateType.Properties)
        {
            if (ResourceSamples.Value(kind, property, isSecond: false) is { } value)
                fields[property.Name] = value;
        }

        foreach (var reference in kind.References)
        {
            if (targets.TryGetValue(reference.Target, out var target))
                fields[reference.Field] = target;
        }

        foreach (var secret in kind.Secrets.Where(secret => !secret.IsServerMade && !secret.Field.Contains('.', StringComparison.Ordinal)))
            fields[secret.Field] = "top-secret";
        return fields;
    }

    /// <summary>Returns the kinds, each after those that it refers to.</summary>
    private static List<ResourceKind> InOrder()
    {
        var (open, ordered) = (Categories.All.ToList(), new List<ResourceKind>());
        while (open.Count > 0)
        {
            var next = open.First(kind => !open.Any(other => other.Name == kind.Parent || kind.References.Any(reference => reference.Target == other.Name)));
            open.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    /// <summary>Returns the text with each id replaced by its category and place.</summary>
    private static string WithoutIds(JsonElement resources)
    {
        var text = JsonSerializer.Serialize(new SortedDictionary<string, JsonElement>(
            resources.EnumerateObject().ToDictionary(category => category.Name, category => category.Value), StringComparer.Ordinal));
        foreach (var category in resources.EnumerateObject())
        {
            var index = 0;
            foreach (var item in category.Value.EnumerateArray())
                text = text.Replace(item.Id(), $"<{category.Name} {index++}>", StringComparison.Ordinal);
        }

        return text;
    }
}
