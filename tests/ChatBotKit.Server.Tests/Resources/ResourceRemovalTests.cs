using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Resources;

/// <summary>The effects of a deletion, with kinds that use every rule of references.</summary>
public sealed class ResourceRemovalTests : IAsyncLifetime
{
    private readonly ResourceKind _bot = new ResourceKind<BotItem, BotCreateRequest, BotUpdateRequest>("bot", "/bot")
    {
        References = [new("datasetId", "dataset") { Deleted = OnTargetDeleted.Refuse }, new("skillsetId", "skillset") { Deleted = OnTargetDeleted.Cascade }],
    };

    private readonly ResourceKind _ability =
        new ResourceKind<AbilityItem, AbilityCreateRequest, AbilityUpdateRequest>("ability", "/skillset/{skillsetId}/ability")
        {
            Parent = "skillset",
            References = [new("botId", "bot") { Deleted = OnTargetDeleted.Cascade }],
            Defaults = new() { ["instruction"] = "" },
        };

    private readonly ResourceKind _skillset = ResourceServer.Kind("skillset");
    private readonly ResourceKind _dataset = ResourceServer.Kind("dataset");
    private readonly ResourceKind _blueprint = ResourceServer.Kind("blueprint");
    private ServerFactory _server = null!;
    private ResourceWorld _world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync(services: services =>
            services.AddSingleton(new ResourceKinds([_bot, _ability, _skillset, _dataset, _blueprint])));
        _world = new ResourceWorld(_server.Client(), await _server.OwnerAccountIdAsync());
    }

    public ValueTask DisposeAsync()
    {
        _world.Client.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Target_OfALinkThatRefuses_StaysUntilTheLinkIsGone()
    {
        var dataset = await _world.CreateAsync(_dataset);
        var bot = await _world.CreateAsync(_bot, new JsonObject { ["datasetId"] = dataset });
        var other = await _world.CreateAsync(_bot, new JsonObject { ["blueprintId"] = await _world.CreateAsync(_blueprint) });

        await _world.Client.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, await _world.PathAsync(_dataset, ResourceVerb.Delete, dataset), "{}");
        Assert.Equal(dataset, (await _world.FetchAsync(_bot, bot)).Text("datasetId"));

        await _world.UpdateAsync(_bot, bot, new JsonObject { ["datasetId"] = null });
        await _world.PostAsync(_dataset, ResourceVerb.Delete, dataset, "{}");
        Assert.NotNull((await _world.FetchAsync(_bot, other)).Text("blueprintId"));
    }

    /// <summary>A skillset cascades to its abilities and bots, and a bot to the abilities that refer to it, wherever they are.</summary>
    [Fact]
    public async Task Cascade_GoesOn_UntilNothingIsTied()
    {
        var first = await _world.ParentAsync(_ability);
        var bot = await _world.CreateAsync(_bot, new JsonObject { ["skillsetId"] = first });
        await _world.CreateAsync(_ability);
        var second = await _world.CreateAsync(_skillset);
        var tied = ApiJson.Id(await _world.Client.ReadAsync(
            HttpMethod.Post, await _world.PathAsync(_ability, ResourceVerb.Create, null, second), $$"""{"botId":"{{bot}}"}"""));
        var free = ApiJson.Id(await _world.Client.ReadAsync(
            HttpMethod.Post, await _world.PathAsync(_ability, ResourceVerb.Create, null, second), "{}"));

        await _world.PostAsync(_skillset, ResourceVerb.Delete, first, "{}");

        Assert.Equal(new[] { second, free }.Order(), (await RowsAsync()).Order());
        Assert.DoesNotContain(tied, await RowsAsync());
    }

    [Fact]
    public async Task Links_OfMany_AreClearedInOneDeletion()
    {
        var blueprint = await _world.CreateAsync(_blueprint);
        var ids = new List<string>();
        for (var count = 0; count < 250; count++)
            ids.Add(await _world.CreateAsync(_dataset, new JsonObject { ["blueprintId"] = blueprint }));

        await _world.PostAsync(_blueprint, ResourceVerb.Delete, blueprint, "{}");

        Assert.All(
            (await _world.ListAsync(_dataset)).Items(), item => Assert.Equal(JsonValueKind.Null, item.GetProperty("blueprintId").ValueKind));
        Assert.Equal(ids.Order(), (await RowsAsync()).Order());
    }

    [Fact]
    public async Task Blueprint_WithItsResources_TakesThemAlong()
    {
        var blueprint = await _world.CreateAsync(_blueprint);
        await _world.CreateAsync(_dataset, new JsonObject { ["blueprintId"] = blueprint });
        await _world.CreateAsync(_skillset, new JsonObject { ["blueprintId"] = blueprint });
        var stays = await _world.CreateAsync(_dataset);

        await _world.PostAsync(_blueprint, ResourceVerb.Delete, blueprint, """{"deleteResources":true}""");

        Assert.Equal([stays], await RowsAsync());
    }

    private async Task<IReadOnlyList<string>> RowsAsync() => await _server.Store.QueryAsync(
        db => db.ListAsync("SELECT \"Id\" FROM \"Resources\"", static row => row.GetString(0)), Token);
}
