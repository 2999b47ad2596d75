using System.Text.Json;
using ChatBotKit.Server.Tests.Resources;

namespace ChatBotKit.Server.Tests.Features;

public sealed class BulletinTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    [Fact]
    public async Task Bulletins_AreListed_NewestFirst_UntilTheyExpire()
    {
        var (world, blueprint) = await ArrangeAsync();
        var now = server.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var first = await CreateAsync(world, blueprint, """{"text":"first"}""");
        await CreateAsync(world, blueprint, """{"text":"short","ttl":1}""");
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync(world, blueprint, """{"text":"last","ttl":604800}""");

        var items = (await ListAsync(world, blueprint)).Items().ToList();

        Assert.Equal(["last", "first"], items.Select(item => item.Text("text")));
        Assert.Equal(blueprint, first.Id());
        Assert.Equal(
            (now, now + 86_400_000),
            (items[1].GetProperty("createdAt").GetInt64(), first.GetProperty("bulletin").GetProperty("expiresAt").GetInt64()));
        Assert.Equal(["first", "last"], (await ListAsync(world, blueprint, "?order=asc")).Items().Select(item => item.Text("text")));
        Assert.Equal(3, (await world.Client.ReadAsync(HttpMethod.Get, $"event/log/list?blueprintId={blueprint}&type=blueprint.bulletin.create")).Items().Count());
        var page = await ListAsync(world, blueprint, "?take=1");
        Assert.Equal(["first"], (await ListAsync(world, blueprint, $"?cursor={page.Text("cursor")}")).Items().Select(item => item.Text("text")));
    }

    [Fact]
    public async Task Blueprint_Keeps_TheNewestFifty()
    {
        var (world, blueprint) = await ArrangeAsync();
        for (var number = 0; number < 53; number++)
            await CreateAsync(world, blueprint, $$"""{"text":"{{number}}"}""");

        var items = (await ListAsync(world, blueprint)).Items().ToList();

        Assert.Equal(50, items.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"text":""}""")]
    [InlineData("""{"text":"a","ttl":0}""")]
    [InlineData("""{"text":"a","ttl":604801}""")]
    public async Task Bulletin_ThatIsNotValid_IsRefused(string body)
    {
        var (world, blueprint) = await ArrangeAsync();
        await world.Client.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"blueprint/{blueprint}/bulletin/create", body);
        var tooLong = JsonSerializer.Serialize(new { text = new string('a', 4_001) });
        await world.Client.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"blueprint/{blueprint}/bulletin/create", tooLong);
    }

    [Fact]
    public async Task Bulletins_OfAnotherAccount_LookLikeNone_AndGoWithTheirBlueprint()
    {
        var (world, blueprint) = await ArrangeAsync();
        var other = await server.WorldAsync();
        await CreateAsync(world, blueprint, """{"text":"a"}""");

        await other.Client.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"blueprint/{blueprint}/bulletin/list");
        await other.Client.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"blueprint/{blueprint}/bulletin/create", """{"text":"a"}""");
        await world.Client.ReadAsync(HttpMethod.Post, $"blueprint/{blueprint}/delete", "{}");

        Assert.Equal(0, await server.Factory.Store.QueryAsync(
            db => db.FirstAsync("SELECT count(*) FROM \"Bulletins\" WHERE \"BlueprintId\" = $1", static row => row.GetInt64(0), blueprint),
            TestContext.Current.CancellationToken));
    }

    private static Task<JsonElement> CreateAsync(ResourceWorld world, string blueprint, string body) =>
        world.Client.ReadAsync(HttpMethod.Post, $"blueprint/{blueprint}/bulletin/create", body);

    private static Task<JsonElement> ListAsync(ResourceWorld world, string blueprint, string query = "") =>
        world.Client.ReadAsync(HttpMethod.Get, $"blueprint/{blueprint}/bulletin/list{query}");

    private async Task<(ResourceWorld World, string Blueprint)> ArrangeAsync()
    {
        var world = await server.WorldAsync();
        return (world, await world.CreateBlueprintAsync());
    }
}
