using System.Text.Json.Nodes;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Tests.Resources;

/// <summary>Lists of every kind. The clock stands still, so all resources have the same time and are sorted by their ids.</summary>
public sealed class ResourceListTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds { get; } = ResourceServer.Rows();

    public static TheoryData<string> KindsWithMeta { get; } = ResourceServer.Rows(kind => kind.Fields.Has(ResourceFields.Meta));

    public static TheoryData<string> KindsWithExport { get; } =
        ResourceServer.Rows(kind => ResourceServer.Operations.Find(kind, ResourceVerb.Export) is not null);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Pages_InBothOrders_HoldEveryResourceOnce(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var ids = new List<string>();
        for (var count = 0; count < 5; count++)
            ids.Add(await world.CreateAsync(kind));
        ids.Sort(StringComparer.Ordinal);

        Assert.Equal(ids, await PagesAsync(world, kind, "asc"));
        ids.Reverse();
        Assert.Equal(ids, await PagesAsync(world, kind, "desc"));
        Assert.Equal(ids, (await world.ListAsync(kind)).Ids());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Page_BehindADeletedResource_GoesOn(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var ids = new List<string>();
        for (var count = 0; count < 4; count++)
        {
            server.Time.Advance(TimeSpan.FromMilliseconds(count % 2));
            ids.Add(await world.CreateAsync(kind));
        }

        var all = (await world.ListAsync(kind)).Ids();
        await world.PostAsync(kind, ResourceVerb.Delete, all[1], "{}");

        Assert.Equal(all.Skip(2), (await world.ListAsync(kind, $"?cursor={all[1]}")).Ids());
        Assert.Equal([all[0]], (await world.ListAsync(kind, $"?cursor={all[1]}&order=asc")).Ids());
        Assert.Empty((await world.ListAsync(kind, "?cursor=nothing")).Ids());
    }

    [Theory]
    [MemberData(nameof(KindsWithMeta))]
    public async Task Meta_InBothSpellings_NarrowsTheList(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        await world.CreateAsync(kind, new JsonObject { ["meta"] = new JsonObject { ["a.b"] = 1 } });
        await world.CreateAsync(kind);
        var wanted = await world.CreateAsync(kind, new JsonObject { ["meta"] = new JsonObject { ["a"] = new JsonObject { ["b"] = true }, ["c"] = 5 } });

        foreach (var query in new[] { "?meta.a.b=true", "?meta[a.b]=true", "?meta.c=5", "?meta.c=5&meta.a.b=true" })
            Assert.Equal([wanted], (await world.ListAsync(kind, query)).Ids());
        Assert.Empty((await world.ListAsync(kind, "?meta.c=6")).Ids());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Link_NarrowsTheList(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        foreach (var reference in kind.Fields.References.Where(reference => reference.IsFilter))
        {
            if (await world.CreateTargetAsync(reference) is not { } target || await world.CreateTargetAsync(reference) is not { } other)
                continue;
            var wanted = await world.CreateAsync(kind, new JsonObject { [reference.Field] = target });
            var second = await world.CreateAsync(kind, new JsonObject { [reference.Field] = other });
            await world.CreateAsync(kind);

            Assert.Equal([wanted], (await world.ListAsync(kind, $"?{reference.Field}={target}")).Ids());
            Assert.Equal(
                new[] { wanted, second }.Order(), (await world.ListAsync(kind, $"?{reference.Field}={target},{other}")).Ids().Order());
            Assert.Empty((await world.ListAsync(kind, $"?{reference.Field}=nothing")).Ids());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Item_OfAList_IsWhatFetchGives(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var item = (await world.FetchAsync(kind, await world.CreateAsync(kind))).GetRawText();

        Assert.Equal([item], (await world.ListAsync(kind)).Items().Select(found => found.GetRawText()));
        var path = await world.PathAsync(kind, ResourceVerb.List, null);
        Assert.Equal($"{{\"type\":\"item\",\"data\":{item}}}\n", await world.Client.ReadTextAsync(path, "application/jsonl"));
        Assert.Equal($"event: item\ndata: {item}\n\n", await world.Client.ReadTextAsync(path, "text/event-stream"));
    }

    [Theory]
    [MemberData(nameof(KindsWithExport))]
    public async Task Export_AsATable_HasTheFieldsAsColumns(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind);

        var lines = (await world.Client.ReadTextAsync(await world.PathAsync(kind, ResourceVerb.Export, null), "text/csv")).Split("\r\n");

        Assert.Equal(string.Join(',', kind.Fields.Columns.Select(column => $"\"{column}\"")), lines[0]);
        Assert.StartsWith($"\"{id}\",", lines[1], StringComparison.Ordinal);
        Assert.Equal([id], (await world.GetAsync(kind, ResourceVerb.Export, null)).Ids());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Stream_WithATotal_EndsThere(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        for (var count = 0; count < 3; count++)
            await world.CreateAsync(kind);

        var lines = await world.Client.ReadTextAsync($"{await world.PathAsync(kind, ResourceVerb.List, null)}?take=2", "application/jsonl");

        Assert.Equal(2, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static async Task<List<string>> PagesAsync(ResourceWorld world, ResourceKind kind, string order)
    {
        var found = new List<string>();
        var cursor = "";
        for (var pages = 0; pages < 10; pages++)
        {
            var page = await world.ListAsync(kind, $"?take=2&order={order}{cursor}");
            if (page.Ids().Count == 0)
            {
                Assert.False(page.TryGetProperty("cursor", out _));
                return found;
            }

            found.AddRange(page.Ids());
            cursor = $"&cursor={page.Text("cursor")}";
        }

        throw new InvalidOperationException($"The list does not end: {string.Join(", ", found)}");
    }
}
