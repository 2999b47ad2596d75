using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.GraphQl.Schema;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Tests.Resources;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>GraphQL shows the resources of every kind as the operations of the kind do.</summary>
public sealed class GraphQlKindTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    public static TheoryData<string> Kinds { get; } = ResourceServer.Rows();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Resource_IsTheSame_AsFetchShowsIt(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind, await FieldsAsync(world, kind));
        var fetched = await world.FetchAsync(kind, id);
        var fields = kind.ItemType.Properties.Where(property => !property.IsExtensionData).Select(property => property.Name).ToList();

        var data = await world.DataAsync(
            $"{{ one: {ResourceSchema.NameOf(kind)}({await ParentAsync(world, kind)}id: \"{id}\") {{ {string.Join(' ', fields)} }} "
            + $"list: {ResourceSchema.PluralOf(kind)}{await OnlyParentAsync(world, kind)} {{ cursor items {{ {string.Join(' ', fields)} }} }} }}");

        foreach (var field in fields)
        {
            var expected = fetched.TryGetProperty(field, out var value) ? value.GetRawText() : "null";
            Assert.Equal((field, expected), (field, data.GetProperty("one").GetProperty(field).GetRawText()));
        }

        var list = data.GetProperty("list");
        Assert.Equal(id, list.Text("cursor"));
        Assert.Equal(data.GetProperty("one").GetRawText(), Assert.Single(list.Items()).GetRawText());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Resource_OfAnotherAccount_IsNotFound(string name)
    {
        var (kind, owner, stranger) = (ResourceServer.Kind(name), await server.WorldAsync(), await server.WorldAsync());
        var id = await owner.CreateAsync(kind);

        var answer = await stranger.QueryAsync($"{{ {ResourceSchema.NameOf(kind)}({await ParentAsync(stranger, kind)}id: \"{id}\") {{ id }} }}");
        var list = await stranger.DataAsync($"{{ {ResourceSchema.PluralOf(kind)}{await OnlyParentAsync(stranger, kind)} {{ items {{ id }} }} }}");

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("data").GetProperty(ResourceSchema.NameOf(kind)).ValueKind);
        Assert.Equal("NOT_FOUND", Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("extensions").Text("code"));
        Assert.Empty(list.GetProperty(ResourceSchema.PluralOf(kind)).Items());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Filter_ByEachReference_FindsWhatTheListFinds(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        await world.CreateAsync(kind);
        foreach (var reference in kind.Fields.References.Where(reference => reference.IsFilter))
        {
            if (await world.CreateTargetAsync(reference) is not { } target)
                continue;
            var id = await world.CreateAsync(kind, new JsonObject { [reference.Field] = target });

            var parent = kind.ParentParameter is null ? "" : (await OnlyParentAsync(world, kind))[1..^1] + " ";
            var data = await world.DataAsync(
                $"{{ {ResourceSchema.PluralOf(kind)}({parent}{reference.Field}: \"{target}\") {{ items {{ id target: {reference.Field[..^2]} {{ id }} }} }} }}");

            var item = Assert.Single(data.GetProperty(ResourceSchema.PluralOf(kind)).Items());
            Assert.Equal((id, target), (item.Id(), item.GetProperty("target").Id()));
        }
    }

    /// <summary>Returns every field with a sample, except what must stay as it is.</summary>
    private static async Task<JsonObject> FieldsAsync(ResourceWorld world, ResourceKind kind)
    {
        var fields = new JsonObject();
        foreach (var property in kind.CreateType.Properties)
        {
            var reference = kind.References.FirstOrDefault(reference => reference.Field == property.Name);
            if (reference is not null)
                fields[property.Name] = await world.CreateTargetAsync(reference);
            else if (ResourceSamples.Value(kind, property, isSecond: false) is { } value)
                fields[property.Name] = value;
        }

        return fields;
    }

    private static async Task<string> ParentAsync(ResourceWorld world, ResourceKind kind) => kind switch
    {
        { Parent: not null } => $"{kind.ParentParameter}: \"{await world.ParentAsync(kind)}\", ",
        { IsOfUser: true } => $"{kind.ParentParameter}: \"{await world.UserAsync()}\", ",
        _ => "",
    };

    private static async Task<string> OnlyParentAsync(ResourceWorld world, ResourceKind kind) =>
        await ParentAsync(world, kind) is { Length: > 0 } parent ? $"({parent.TrimEnd(',', ' ')})" : "";
}
