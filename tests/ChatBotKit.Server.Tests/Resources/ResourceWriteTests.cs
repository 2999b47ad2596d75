using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Tests.Changes;

namespace ChatBotKit.Server.Tests.Resources;

/// <summary>Writes of every kind: repeated and concurrent ones, clones, votes and credentials.</summary>
public sealed class ResourceWriteTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds { get; } = ResourceServer.Rows();

    public static TheoryData<string> KindsWithMeta { get; } = ResourceServer.Rows(kind => kind.Fields.Has(ResourceFields.Meta));

    public static TheoryData<string> KindsWithClone { get; } = Rows(ResourceVerb.Clone);

    public static TheoryData<string> KindsWithVotes { get; } = Rows(ResourceVerb.Upvote);

    public static TheoryData<string> KindsWithSecrets { get; } = ResourceServer.Rows(kind => kind.Secrets.Any(secret => !secret.IsServerMade));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Request_ThatIsRepeated_IsDoneOnce(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await TwiceAsync(world, kind, ResourceVerb.Create, null, ResourceSamples.Required(kind).ToJsonString());
        Assert.Equal([id], (await world.ListAsync(kind)).Ids());
        using var other = await world.SendAsync(kind, ResourceVerb.Create, null, ResourceSamples.Required(kind).ToJsonString() + " ", key: "Create");
        await other.AssertRefusedAsync("409 IDEMPOTENCY_KEY_REUSED");

        Assert.Equal(id, await TwiceAsync(world, kind, ResourceVerb.Update, id, """{"name":"a"}"""));
        Assert.Equal(id, await TwiceAsync(world, kind, ResourceVerb.Delete, id, "{}"));
        Assert.Empty((await world.ListAsync(kind)).Ids());
    }

    [Theory]
    [MemberData(nameof(KindsWithMeta))]
    public async Task Updates_AtTheSameTime_LoseNothing(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind);

        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            using var answer = await world.SendAsync(kind, ResourceVerb.Update, id, $$$"""{"meta":{"$update":{"k{{{number}}}":{{{number}}} } } }""");
            return await answer.CodeAsync();
        }));

        var meta = (await world.FetchAsync(kind, id)).GetProperty("meta");
        Assert.Contains("200", codes);
        Assert.All(codes.Index(), update =>
        {
            Assert.True(update.Item is "200" or "409 CONFLICT", update.Item);
            Assert.Equal(update.Item == "200", meta.TryGetProperty($"k{update.Index}", out _));
        });
    }

    [Theory]
    [MemberData(nameof(KindsWithMeta))]
    public async Task Meta_IsReplacedOrMerged(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind, new JsonObject { ["meta"] = new JsonObject { ["a"] = 1, ["b"] = 2 } });

        await world.UpdateAsync(kind, id, (JsonObject)JsonNode.Parse("""{"meta":{"$update":{"b":3,"c":{"d":4}}}}""")!);
        Assert.Equal("""{"a":1,"b":3,"c":{"d":4}}""", (await world.FetchAsync(kind, id)).GetProperty("meta").GetRawText());
        await world.UpdateAsync(kind, id, (JsonObject)JsonNode.Parse("""{"meta":{"-x":1.0}}""")!);
        Assert.Equal("""{"-x":1.0}""", (await world.FetchAsync(kind, id)).GetProperty("meta").GetRawText());
        foreach (var meta in new[] { """{"_a":1}""", """{"$update":{"_a":1}}""", """{"a":"\u0000"}""", """{"a\u0000":1}""" })
        {
            var message = await world.Client.AssertRefusedAsync(
                "400 BAD_REQUEST", HttpMethod.Post, await world.PathAsync(kind, ResourceVerb.Update, id), $$"""{"meta":{{meta}}}""");
            Assert.Contains("meta", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(KindsWithMeta))]
    public async Task Meta_ThatGrowsTooLarge_IsRefused(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind, new JsonObject { ["meta"] = new JsonObject { ["a"] = new string('x', 40_000) } });
        var more = new JsonObject { ["meta"] = new JsonObject { ["$update"] = new JsonObject { ["b"] = new string('x', 40_000) } } };

        await world.Client.AssertRefusedAsync(
            "400 BAD_REQUEST", HttpMethod.Post, await world.PathAsync(kind, ResourceVerb.Update, id), more.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(KindsWithClone))]
    public async Task Clone_KeepsAllButWhatIsItsOwn(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var blueprint = await world.CreateAsync(ResourceServer.Kind("blueprint"));
        var fields = new JsonObject { ["alias"] = "first", ["name"] = "A name", ["blueprintId"] = blueprint, ["meta"] = new JsonObject { ["a"] = 1 } };
        var id = await world.CreateAsync(kind, fields);

        var copy = ApiJson.Id(await world.PostAsync(kind, ResourceVerb.Clone, id, "{}"));

        var (first, second) = (await world.FetchAsync(kind, id), await world.FetchAsync(kind, copy));
        string[] own = ["id", "alias", "blueprintId", "visibility", "createdAt", "updatedAt", .. kind.LostByClone];
        Assert.NotEqual(id, copy);
        Assert.Equal(JsonValueKind.Null, second.GetProperty("alias").ValueKind);
        Assert.Equal(JsonValueKind.Null, second.GetProperty("blueprintId").ValueKind);
        Assert.All(
            first.EnumerateObject().Where(member => !own.Contains(member.Name)),
            member => Assert.Equal(member.Value.GetRawText(), second.GetProperty(member.Name).GetRawText()));
    }

    [Theory]
    [MemberData(nameof(KindsWithVotes))]
    public async Task Votes_OfOneCaller_AreOne(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind);

        Assert.Equal(id, ApiJson.Id(await world.PostAsync(kind, ResourceVerb.Upvote, id, """{"reason":"good"}""")));
        Assert.Equal(id, ApiJson.Id(await world.PostAsync(kind, ResourceVerb.Downvote, id, """{"value":-7}""")));
        await world.Client.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, await world.PathAsync(kind, ResourceVerb.Upvote, id), """{"value":-7}""");

        Assert.Equal([-7L], await VotesAsync(id));
        await world.PostAsync(kind, ResourceVerb.Delete, id, "{}");
        Assert.Empty(await VotesAsync(id));
    }

    [Theory]
    [MemberData(nameof(KindsWithSecrets))]
    public async Task Secret_IsStoredEncrypted_AndKeptUntilItIsCleared(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var secrets = server.Service<ResourceSecrets>();
        foreach (var field in kind.Secrets.Where(secret => !secret.IsServerMade).Select(secret => secret.Field))
        {
            var id = await world.CreateAsync(kind, With(field, "a very secret value"));
            var row = await RowAsync(id);
            Assert.Equal("a very secret value", secrets.Reveal(row, field));
            Assert.DoesNotContain("a very secret value", System.Text.Encoding.UTF8.GetString([.. row.Data, .. row.Secrets!]), StringComparison.Ordinal);
            Assert.DoesNotContain("a very secret value", (await world.FetchAsync(kind, id)).GetRawText(), StringComparison.Ordinal);

            await world.UpdateAsync(kind, id, new JsonObject { ["name"] = "Something else" });
            await world.UpdateAsync(kind, id, With(field, ResourceSecret.Mask));
            Assert.Equal("a very secret value", secrets.Reveal(await RowAsync(id), field));
            await world.UpdateAsync(kind, id, With(field, "another"));
            Assert.Equal("another", secrets.Reveal(await RowAsync(id), field));

            foreach (var nothing in new[] { null, "" })
            {
                await world.UpdateAsync(kind, id, With(field, "once more"));
                await world.UpdateAsync(kind, id, With(field, nothing));
                Assert.Null(secrets.Reveal(await RowAsync(id), field));
                Assert.DoesNotContain(ResourceSecret.Mask, (await world.FetchAsync(kind, id)).GetRawText(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Changes_AreAnnounced_WithTheirKindAndOwner(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        if (kind.Parent is not null)
            await world.ParentAsync(kind);
        var account = await world.AccountOfAsync(kind);
        var told = new ToldChanges(server.Service<ChangeFeed>());
        var id = await world.CreateAsync(kind);
        await world.UpdateAsync(kind, id, []);
        await world.PostAsync(kind, ResourceVerb.Delete, id, "{}");

        ChangeKind[] happened = [ChangeKind.Created, ChangeKind.Updated, ChangeKind.Deleted];
        Assert.Equal(happened.Select(what => new Change(name, id, account, what)), told.All.Where(change => change.Id == id));
    }

    private static TheoryData<string> Rows(ResourceVerb verb) =>
        ResourceServer.Rows(kind => !kind.Except.Contains(verb) && ResourceServer.Operations.Find(kind, verb) is not null);

    private static JsonObject With(string field, string? value)
    {
        var parts = field.Split('.');
        return parts.Length == 1 ? new() { [field] = value } : new() { [parts[0]] = new JsonObject { [parts[1]] = value } };
    }

    /// <summary>Sends a request twice with one key, and returns the id in both responses.</summary>
    private static async Task<string> TwiceAsync(ResourceWorld world, ResourceKind kind, ResourceVerb verb, string? id, string body)
    {
        using var first = await world.SendAsync(kind, verb, id, body, key: $"{verb}");
        using var second = await world.SendAsync(kind, verb, id, body, key: $"{verb}");
        var text = await first.ReadTextAsync();
        Assert.Equal(text, await second.TextAsync());
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        return ApiJson.Id(JsonElement.Parse(text));
    }

    private async Task<ResourceRow> RowAsync(string id) => (await server.Factory.Store.QueryAsync(
        db => db.FirstAsync(ResourceTable.Rows, "WHERE \"Id\" = $1", id), Token))!;

    private ValueTask<List<long>> VotesAsync(string id) => server.Factory.Store.QueryAsync(
        db => db.ListAsync("SELECT \"Value\" FROM \"ResourceRatings\" WHERE \"ResourceId\" = $1", static row => row.GetInt64(0), id), Token);
}
