using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Tests.Resources;

/// <summary>Who can read, change and use a resource.</summary>
public sealed class ResourceAccessTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    private static readonly ResourceVerb[] OfOne =
    [
        ResourceVerb.Fetch, ResourceVerb.Update, ResourceVerb.Delete, ResourceVerb.Clone, ResourceVerb.Upvote, ResourceVerb.Downvote,
    ];

    public static TheoryData<string> Kinds { get; } = ResourceServer.Rows();

    public static TheoryData<string> KindsWithAlias { get; } = ResourceServer.Rows(kind => kind.KeyField == ResourceFields.Alias);

    public static TheoryData<string> Children { get; } = ResourceServer.Rows(kind => kind.Parent is not null);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Resource_OfAnotherAccount_LooksLikeNone(string name)
    {
        var (kind, owner, stranger) = (ResourceServer.Kind(name), await server.WorldAsync(), await server.WorldAsync());
        var id = await owner.CreateAsync(kind);
        var parentId = kind.Parent is null ? null : await owner.ParentAsync(kind);

        foreach (var verb in OfOne.Where(verb => ResourceServer.Operations.Find(kind, verb) is not null))
        {
            var (method, body) = verb == ResourceVerb.Fetch ? (HttpMethod.Get, null) : (HttpMethod.Post, "{}");
            // What the kind does not serve may be served by a route of its own, or not at all.
            var refusal = kind.Except.Contains(verb) ? "404 NOT_*" : "404 NOT_FOUND";
            var foreign = await stranger.Client.AssertRefusedAsync(refusal, method, await stranger.PathAsync(kind, verb, id, parentId), body);
            var unknown = await stranger.Client.AssertRefusedAsync(refusal, method, await stranger.PathAsync(kind, verb, "cnothing", parentId), body);
            Assert.Equal(unknown, foreign);
        }

        if (parentId is null)
            Assert.Empty((await stranger.ListAsync(kind)).Ids());
        Assert.Equal(id, ApiJson.Id(await owner.FetchAsync(kind, id)));
    }

    [Theory]
    [MemberData(nameof(Children))]
    public async Task Child_UnderAnotherParent_IsNotFound(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind);
        var other = await world.CreateAsync(ResourceServer.Kind(kind.Parent!));

        foreach (var (verb, body) in new[] { (ResourceVerb.Update, "{}"), (ResourceVerb.Delete, "{}"), (ResourceVerb.Fetch, null) })
        {
            await world.Client.AssertRefusedAsync(
                "404 NOT_FOUND", body is null ? HttpMethod.Get : HttpMethod.Post, await world.PathAsync(kind, verb, id, other), body);
        }

        Assert.Empty((await world.Client.ReadAsync(HttpMethod.Get, await world.PathAsync(kind, ResourceVerb.List, null, other))).Ids());
    }

    [Theory]
    [MemberData(nameof(Children))]
    public async Task Child_OfADeletedParent_IsGone(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind);
        var parent = ResourceServer.Kind(kind.Parent!);

        await world.PostAsync(parent, ResourceVerb.Delete, await world.ParentAsync(kind), "{}");

        await world.Client.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, await world.PathAsync(kind, ResourceVerb.Fetch, id));
        Assert.Null(await RowAsync(id));
    }

    [Theory]
    [MemberData(nameof(KindsWithAlias))]
    public async Task Resource_CanBeNamed_ByAliasAndByName(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind, new JsonObject { ["alias"] = "mine", ["name"] = "A name (of it)" });
        await world.CreateAsync(kind, new JsonObject { ["alias"] = "other", ["name"] = "5" });

        Assert.Equal(id, ApiJson.Id(await world.FetchAsync(kind, "@mine")));
        Assert.Equal(id, ApiJson.Id(await world.FetchAsync(kind, "(A name (of it))")));
        Assert.Equal(id, ApiJson.Id(await world.UpdateAsync(kind, "@mine", [])));
        await world.Client.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, await world.PathAsync(kind, ResourceVerb.Fetch, "@none"));
        await world.Client.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, await world.PathAsync(kind, ResourceVerb.Fetch, "(none)"));
    }

    [Theory]
    [MemberData(nameof(KindsWithAlias))]
    public async Task Alias_OfAnother_IsAConflict_UntilItIsGivenUp(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var first = await world.CreateAsync(kind, new JsonObject { ["alias"] = "one" });
        var second = await world.CreateAsync(kind);
        var body = ResourceSamples.Required(kind);
        body["alias"] = "one";

        await world.Client.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, await world.PathAsync(kind, ResourceVerb.Create, null), body.ToJsonString());
        await world.Client.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, await world.PathAsync(kind, ResourceVerb.Update, second), """{"alias":"one"}""");
        await world.UpdateAsync(kind, first, new JsonObject { ["alias"] = "one", ["name"] = "The same alias again" });
        await world.UpdateAsync(kind, first, new JsonObject { ["alias"] = "" });
        await world.UpdateAsync(kind, second, new JsonObject { ["alias"] = "one" });

        Assert.Equal(second, ApiJson.Id(await world.FetchAsync(kind, "@one")));
        // The names of another owner do not collide.
        await (await server.WorldAsync()).CreateAsync(kind, new JsonObject { ["alias"] = "one" });
    }

    [Theory]
    [MemberData(nameof(KindsWithAlias))]
    public async Task Alias_OfOtherCharacters_IsRefused(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        foreach (var alias in new[] { "A", "a b", "@a", "é", "a\n", new string('a', 129) })
        {
            var body = ResourceSamples.Required(kind);
            body["alias"] = alias;
            var message = await world.Client.AssertRefusedAsync(
                "400 BAD_REQUEST", HttpMethod.Post, await world.PathAsync(kind, ResourceVerb.Create, null), body.ToJsonString());
            Assert.Contains("\"alias\"", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bot_IsUsed_ByThoseWhoMaySeeIt()
    {
        var kind = ResourceServer.Kind("bot");
        var parent = await server.WorldAsync();
        var (child, sibling, stranger) = (await server.WorldAsync(parent), await server.WorldAsync(parent), await server.WorldAsync());
        var id = await child.CreateAsync(kind, new JsonObject { ["alias"] = "shared" });

        foreach (var (visibility, allowed) in new[] { ("private", 0), ("protected", 2), ("public", 3) })
        {
            await child.UpdateAsync(kind, id, new JsonObject { ["visibility"] = visibility });
            var may = 0;
            foreach (var world in new[] { parent, sibling, stranger })
            {
                using var vote = await world.SendAsync(kind, ResourceVerb.Upvote, id, "{}");
                may += await vote.CodeAsync() == "200" ? 1 : 0;
                await world.Client.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, await world.PathAsync(kind, ResourceVerb.Fetch, id));
                await world.Client.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, await world.PathAsync(kind, ResourceVerb.Update, id), "{}");
            }

            Assert.Equal(allowed, may);
        }
    }

    [Fact]
    public async Task Bot_OfARelatedAccount_CanBeNamedByAlias()
    {
        var kind = ResourceServer.Kind("bot");
        var parent = await server.WorldAsync();
        var (child, sibling, stranger) = (await server.WorldAsync(parent), await server.WorldAsync(parent), await server.WorldAsync());
        var shared = new JsonObject { ["alias"] = "helper", ["visibility"] = "protected" };
        var ofParent = await parent.CreateAsync(kind, shared);
        var ofSibling = await sibling.CreateAsync(kind, shared);
        await parent.Client.ReadAsync(HttpMethod.Post, $"partner/user/{sibling.AccountId}/update", """{"alias":"sales"}""");

        Assert.Equal(ofParent, ApiJson.Id(await child.PostAsync(kind, ResourceVerb.Upvote, "@@helper", "{}")));
        Assert.Equal(ofSibling, ApiJson.Id(await child.PostAsync(kind, ResourceVerb.Upvote, "@sales@helper", "{}")));
        foreach (var address in new[] { "@@helper", "@sales@helper" })
            await stranger.Client.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, await stranger.PathAsync(kind, ResourceVerb.Upvote, address), "{}");
    }

    private ValueTask<ResourceRow?> RowAsync(string id) => server.Factory.Store.QueryAsync(
        db => db.FirstAsync(ResourceTable.Rows, "WHERE \"Id\" = $1", id), TestContext.Current.CancellationToken);
}
