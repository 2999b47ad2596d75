using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Tests.Resources;

/// <summary>The fields of every kind that refer to other resources.</summary>
public sealed class ResourceReferenceTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    /// <summary>The kind and field of each reference to a kind that the server has.</summary>
    public static TheoryData<string, string> References { get; } = new(
        from kind in ResourceServer.Kinds
        from reference in kind.Fields.References
        where ResourceServer.Kinds.Any(target => target.Name == reference.Target)
        select (kind.Name, reference.Field));

    [Theory]
    [MemberData(nameof(References))]
    public async Task Reference_ToNothingOrToWhatIsForeign_IsRefusedByItsName(string name, string field)
    {
        var (kind, reference, world) = await ArrangeAsync(name, field);
        var id = await world.CreateAsync(kind);
        var foreign = (await (await server.WorldAsync()).CreateTargetAsync(reference))!;

        foreach (var target in new[] { "nothing", "@nothing", "@@nothing", "@a@b", "(nothing)", foreign })
        {
            foreach (var (verb, resource) in new[] { (ResourceVerb.Create, null), (ResourceVerb.Update, id) })
            {
                var body = resource is null ? ResourceSamples.Required(kind) : [];
                body[field] = target;
                var message = await world.Client.AssertRefusedAsync(
                    "400 BAD_REQUEST", HttpMethod.Post, await world.PathAsync(kind, verb, resource), body.ToJsonString());
                Assert.Contains($"\"{field}\" names no {reference.Target}", message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Reference_ByAliasOrName_IsStoredAsTheId(string name, string field)
    {
        var (kind, reference, world) = await ArrangeAsync(name, field);
        var target = ResourceServer.Kind(reference.Target);
        var hasAlias = target.KeyField == ResourceFields.Alias;
        var targetId = (await world.CreateTargetAsync(reference, Named(target, hasAlias)))!;

        foreach (var address in new[] { hasAlias ? "@target" : targetId, target.Fields.Settable.Contains("name") ? "(The target)" : targetId, $" {targetId} " })
        {
            var id = await world.CreateAsync(kind, new JsonObject { [reference.OtherName ?? field] = address });
            Assert.Equal(targetId, (await world.FetchAsync(kind, id)).Text(field));
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Reference_ThatIsCleared_IsNull(string name, string field)
    {
        var (kind, reference, world) = await ArrangeAsync(name, field);
        foreach (var nothing in new[] { null, "", " " })
        {
            var id = await world.CreateAsync(kind, new JsonObject { [field] = await world.CreateTargetAsync(reference) });
            await world.UpdateAsync(kind, id, new JsonObject { [reference.OtherName ?? field] = nothing });

            Assert.Equal(JsonValueKind.Null, (await world.FetchAsync(kind, id)).GetProperty(field).ValueKind);
            Assert.Equal(0, await server.CountLinksFromAsync(id));
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Target_ThatIsDeleted_DoesWhatTheDeclarationSays(string name, string field)
    {
        var (kind, reference, world) = await ArrangeAsync(name, field);
        var target = (await world.CreateTargetAsync(reference))!;
        var id = await world.CreateAsync(kind, new JsonObject { [field] = target });
        var before = await world.FetchAsync(kind, id);

        using var answer = await world.SendAsync(ResourceServer.Kind(reference.Target), ResourceVerb.Delete, target, "{}");

        Assert.Equal(reference.Deleted == OnTargetDeleted.Refuse ? "409 CONFLICT" : "200", await answer.CodeAsync());
        if (reference.Deleted == OnTargetDeleted.Cascade)
        {
            await world.Client.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, await world.PathAsync(kind, ResourceVerb.Fetch, id));
            return;
        }

        var after = await world.FetchAsync(kind, id);
        Assert.Equal(reference.Deleted == OnTargetDeleted.Refuse ? target : null, after.Text(field));
        Assert.All(
            before.EnumerateObject().Where(member => member.Name != field && member.Name != reference.OtherName),
            member => Assert.Equal(member.Value.GetRawText(), after.GetProperty(member.Name).GetRawText()));
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Reference_ToWhatOthersShare_IsTaken_UnlessItMustBeOwn(string name, string field)
    {
        var (kind, reference, world) = await ArrangeAsync(name, field);
        var target = ResourceServer.Kind(reference.Target);
        if (!target.Fields.Settable.Contains(ResourceFields.Visibility))
            return;
        var shared = (await (await server.WorldAsync()).CreateTargetAsync(reference, new JsonObject { ["visibility"] = "public" }))!;
        var body = ResourceSamples.Required(kind);
        body[field] = shared;

        using var answer = await world.SendAsync(kind, ResourceVerb.Create, null, body.ToJsonString());

        Assert.Equal(reference.IsOwnOnly ? "400 BAD_REQUEST" : "200", await answer.CodeAsync());
    }

    private static JsonObject Named(ResourceKind target, bool hasAlias)
    {
        var fields = new JsonObject();
        if (hasAlias)
            fields["alias"] = "target";
        if (target.Fields.Settable.Contains("name"))
            fields["name"] = "The target";
        return fields;
    }

    private async Task<(ResourceKind Kind, ResourceReference Reference, ResourceWorld World)> ArrangeAsync(string name, string field)
    {
        var kind = ResourceServer.Kind(name);
        return (kind, kind.Fields.References.Single(reference => reference.Field == field), await server.WorldAsync());
    }
}
