using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Tests.DueWork;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The work that is due as the server's owner sees it.</summary>
public sealed class WorkTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private FeatureServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync();
        await AddAsync("dead", row => row with { DueAt = null, Attempt = 10, LastError = "Http: 500", LastErrorAt = 7 });
        await AddAsync("later", row => row with { DueAt = row.DueAt + 3_600_000, CreatedAt = row.CreatedAt - 1 });
        await AddAsync("busy", row => row with { DueAt = row.DueAt + 30_000, Owner = "a node", Token = 1, Attempt = 1, CreatedAt = row.CreatedAt - 2 });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task List_FiltersAndPages()
    {
        Assert.Equal(["mail.dead", "mail.later", "mail.busy"], (await _server.GetAsync("server/work/list?kind=mail")).Ids());
        Assert.Equal(["mail.dead"], (await _server.GetAsync("server/work/list?state=dead")).Ids());
        Assert.Equal(["mail.later"], (await _server.GetAsync("server/work/list?state=waiting&kind=mail")).Ids());
        Assert.Equal(["mail.busy"], (await _server.GetAsync("server/work/list?state=running&kind=mail")).Ids());
        var page = await _server.GetAsync("server/work/list?kind=mail&take=2");
        await _server.PostAsync("server/work/mail.later/drop", "{}");
        Assert.Equal(["mail.busy"], (await _server.GetAsync($"server/work/list?kind=mail&cursor={page.Text("cursor")}")).Ids());
        Assert.Empty((await _server.GetAsync("server/work/list?cursor=nonsense")).Ids());
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: *waiting, running, dead*", HttpMethod.Get, "server/work/list?state=odd");
    }

    [Fact]
    public async Task List_AsJsonLines_HasEverything() => Assert.Equal(
        3, (await _server.Owner.ReadTextAsync("server/work/list?kind=mail", "application/jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

    [Fact]
    public async Task Fetch_ShowsTheLastFailure()
    {
        var dead = await _server.GetAsync("server/work/mail.dead/fetch");

        Assert.Equal(("dead", "Http: 500", 10), (dead.Text("state"), dead.Text("lastError"), dead.GetProperty("attempt").GetInt32()));
        Assert.Equal(Now.ToUnixTimeMilliseconds(), dead.GetProperty("scheduledAt").GetInt64());
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, "server/work/mail.unknown/fetch");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, "server/work/nonsense/fetch");
    }

    [Fact]
    public async Task Retry_MakesADeadLetterDueAgain_OnceForAKey()
    {
        await _server.Owner.ReadAsync(HttpMethod.Post, "server/work/mail.dead/retry", "{}", key: "retry-1");
        await _server.Owner.ReadAsync(HttpMethod.Post, "server/work/mail.dead/retry", "{}", key: "retry-1");

        var again = await _server.GetAsync("server/work/mail.dead/fetch");
        Assert.Equal(("waiting", 0), (again.Text("state"), again.GetProperty("attempt").GetInt32()));
        Assert.InRange(again.GetProperty("dueAt").GetInt64(), Now.ToUnixTimeMilliseconds(), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Retry_OfAKindThatIsServed_DoesIt()
    {
        var handler = new RecordingHandler("mail");
        await using var server = await ServerFactory.StartAsync(services: services => services.AddSingleton<IDueWorkHandler>(handler));
        await server.Store.InsertAsync(DueWorkTable.Rows, DueWorkRow.New("mail", "one", Now, Now) with { DueAt = null, Attempt = 3 });
        using var owner = server.Client();

        await owner.ReadAsync(HttpMethod.Post, "server/work/mail.one/retry", "{}");

        var item = await handler.NextAsync();
        Assert.Equal(("one", 1), (item.Key, item.Attempt));
    }

    [Fact]
    public async Task Drop_DeletesWhatFailedOrWaits()
    {
        await _server.PostAsync("server/work/mail.dead/drop", "{}");
        await _server.PostAsync("server/work/mail.later/drop", "{}");

        Assert.Equal(["mail.busy"], (await _server.GetAsync("server/work/list?kind=mail")).Ids());
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, "server/work/mail.dead/drop", "{}");
    }

    [Fact]
    public async Task WorkThatIsBeingDone_CanBeNeitherRetriedNorDropped()
    {
        await _server.Owner.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, "server/work/mail.busy/retry", "{}");
        await _server.Owner.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, "server/work/mail.busy/drop", "{}");
        await _server.Owner.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, "server/work/retention.server/drop", "{}");
    }

    [Fact]
    public async Task Operations_AreForTheOwnerOfTheServerAlone()
    {
        var child = await _server.Server.AddChildAccountAsync();
        using var childOwner = _server.Server.Client(await _server.Server.CreateApiTokenAsync(child.Id));

        await childOwner.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Get, "server/work/list");
        await childOwner.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Get, "server/work/mail.dead/fetch");
        await childOwner.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Post, "server/work/mail.dead/retry", "{}");
        await childOwner.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Post, "server/work/mail.dead/drop", "{}");
    }

    /// <summary>Of a kind that the server does not do, so that it stays as it is.</summary>
    private Task AddAsync(string key, Func<DueWorkRow, DueWorkRow> change) =>
        _server.Server.Store.InsertAsync(DueWorkTable.Rows, change(DueWorkRow.New("mail", key, Now, Now)));
}
