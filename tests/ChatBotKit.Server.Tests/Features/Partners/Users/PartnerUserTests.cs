using System.Text.Json;
using ChatBotKit.Server.Security;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

public sealed class PartnerUserTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private FeatureServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await FeatureServer.StartAsync(_time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Create_GivesBackEveryField_ByIdAndByAlias()
    {
        var id = await CreateUserAsync("""
            {"alias":"ada","name":"Ada","description":"First","meta":{"plan":"gold"},"image":"https://example.com/a.png","email":" Ada@Example.com "}
            """);

        foreach (var address in new[] { id, "@ada" })
        {
            var user = await _server.GetAsync($"partner/user/{address}/fetch");
            Assert.Equal(
                (id, "Ada", "First", "https://example.com/a.png", "ada@example.com"),
                (user.Text("id"), user.Text("name"), user.Text("description"), user.Text("image"), user.Text("email")));
            Assert.Equal("""{"plan":"gold"}""", user.GetProperty("meta").GetRawText());
            Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), user.GetProperty("createdAt").GetInt64());
        }

        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, "partner/user/@nobody/fetch");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"partner/user/{await _server.Server.OwnerAccountIdAsync()}/fetch");
    }

    [Fact]
    public async Task List_HasThePages_AndFiltersByMeta()
    {
        var ids = new List<string>();
        for (var number = 0; number < 3; number++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            ids.Insert(0, await CreateUserAsync($$$"""{"meta":{"number":{{{number}}}} }"""));
        }

        Assert.Equal(ids, (await _server.GetAsync("partner/user/list")).Ids());
        Assert.Equal(ids[1..], (await _server.GetAsync($"partner/user/list?take=2&cursor={ids[0]}")).Ids());
        Assert.Equal([ids[1]], (await _server.GetAsync("partner/user/list?meta.number=1")).Ids());
        using var stranger = await _server.StrangerAsync();
        Assert.Empty((await stranger.ReadAsync(HttpMethod.Get, "partner/user/list")).Ids());
    }

    [Fact]
    public async Task Update_ChangesWhatIsNamed_AndNullClears()
    {
        var id = await CreateUserAsync("""{"alias":"ada","name":"Ada","email":"ada@example.com","meta":{"a":1}}""");
        _time.Advance(TimeSpan.FromSeconds(1));

        await _server.PostAsync("partner/user/@ada/update", """{"name":"Ada L.","meta":{"$update":{"b":2}}}""");
        var user = await _server.GetAsync($"partner/user/{id}/fetch");
        Assert.Equal(("Ada L.", "ada@example.com", """{"a":1,"b":2}"""), (user.Text("name"), user.Text("email"), user.GetProperty("meta").GetRawText()));
        Assert.Equal(1000, user.GetProperty("updatedAt").GetInt64() - user.GetProperty("createdAt").GetInt64());

        await _server.PostAsync($"partner/user/{id}/update", """{"alias":null,"email":"","meta":null}""");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, "partner/user/@ada/fetch");
        user = await _server.GetAsync($"partner/user/{id}/fetch");
        Assert.All(new[] { "email", "meta" }, field => Assert.True(!user.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null));
    }

    [Fact]
    public async Task Alias_AndAddress_OfAnother_AreConflicts()
    {
        await CreateUserAsync("""{"alias":"ada","email":"ada@example.com"}""");
        var other = await CreateUserAsync("{}");

        foreach (var body in new[] { """{"alias":"ada"}""", """{"email":"ADA@example.com"}""" })
        {
            await _server.Owner.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, "partner/user/create", body);
            await _server.Owner.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, $"partner/user/{other}/update", body);
        }

        await _server.PostAsync("partner/user/@ada/update", """{"alias":"ada","email":"ada@example.com"}""");
        // Another partner has users of its own.
        using var stranger = await _server.StrangerAsync();
        await stranger.ReadAsync(HttpMethod.Post, "partner/user/create", """{"alias":"ada","email":"ada@example.com"}""");
    }

    [Theory]
    [InlineData("""{"alias":"A b"}""", "\"alias\"")]
    [InlineData("""{"email":"nobody"}""", "\"email\"")]
    [InlineData("""{"email":"@example.com"}""", "\"email\"")]
    [InlineData("""{"email":"a b@example.com"}""", "\"email\"")]
    [InlineData("""{"email":"ada@@example.com"}""", "\"email\"")]
    [InlineData("""{"email":"ada@example.com,eve@example.com"}""", "\"email\"")]
    [InlineData("""{"email":"jörg@example.com"}""", "\"email\"")]
    [InlineData("""{"meta":{"_a":1}}""", "meta._a")]
    [InlineData("""{"limits":{"tokens":5}}""", "\"limits\" can't be set")]
    [InlineData("""{"limits":{"database":{"files":0}}}""", "\"limits\" can't be set")]
    [InlineData("""{"parentId":"x"}""", "\"parentId\" is not allowed")]
    public async Task Field_ThatCannotBeUsed_IsRefused(string body, string expected)
    {
        var id = await CreateUserAsync("""{"limits":{}}""");

        foreach (var path in new[] { "partner/user/create", $"partner/user/{id}/update" })
            await _server.Owner.AssertRefusedAsync($"400 BAD_REQUEST: *{expected}*", HttpMethod.Post, path, body);
    }

    [Fact]
    public async Task User_HasNoUsers_AndIsNoOwnerOfTheServer()
    {
        var user = await _server.Server.AddUserAsync();
        using var child = _server.Server.Client(user.Secret);
        using var acting = Acting(user.Id);

        foreach (var client in new[] { child, acting })
        {
            await client.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Post, "partner/user/create", "{}");
            await client.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Get, "server/token/list");
            await client.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Get, "server/backup");
            Assert.Empty((await client.ReadAsync(HttpMethod.Get, "partner/user/list")).Ids());
        }
    }

    [Fact]
    public async Task Partner_ActsForAUser_ByIdAndByAddress()
    {
        var user = await _server.Server.AddUserAsync(body: """{"email":"ada@example.com"}""");
        using var byId = Acting(user.Id);
        using var byEmail = Acting("ADA@example.com", ChildAccounts.EmailHeader);
        using var child = _server.Server.Client(user.Secret);

        var first = ApiJson.Id(await byId.ReadAsync(HttpMethod.Post, "conversation/create", "{}", "key"));
        var second = ApiJson.Id(await byEmail.ReadAsync(HttpMethod.Post, "bot/create", "{}"));
        var own = ApiJson.Id(await _server.Owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}", "key"));
        var again = ApiJson.Id(await byId.ReadAsync(HttpMethod.Post, "conversation/create", "{}", "key"));

        Assert.Equal(first, again);
        Assert.NotEqual(first, own);
        Assert.Equal([first], (await child.ReadAsync(HttpMethod.Get, "conversation/list")).Ids());
        Assert.Equal([second], (await child.ReadAsync(HttpMethod.Get, "bot/list")).Ids());
        Assert.Equal([own], (await _server.GetAsync("conversation/list")).Ids());
        Assert.Empty((await _server.GetAsync("bot/list")).Ids());
    }

    [Fact]
    public async Task Requests_ThatAreRepeated_AreDoneOnce()
    {
        var made = await TwiceAsync("partner/user/create", """{"name":"Ada"}""");
        var id = ApiJson.Id(JsonElement.Parse(made));
        await TwiceAsync($"partner/user/{id}/update", """{"name":"B"}""");
        await TwiceAsync($"partner/user/{id}/context/create", """{"name":"C"}""");
        await TwiceAsync($"partner/user/{id}/token/create", "{}");
        await TwiceAsync($"partner/user/{id}/session/create", "{}");
        Assert.Single((await _server.GetAsync("partner/user/list")).Ids());
        Assert.Single((await _server.GetAsync($"partner/user/{id}/token/list")).Ids());
        await TwiceAsync($"partner/user/{id}/delete", "{}");
        var records = (await _server.GetAsync("session/audit/list?order=asc")).Items().Select(record => (record.Text("type"), record.Text("code"))).ToList();
        Assert.Equal([("createUser", id), ("deleteUser", id)], records.Where(record => record.Item1!.EndsWith("User", StringComparison.Ordinal)));
    }

    private HttpClient Acting(string value, string header = ChildAccounts.IdHeader)
    {
        var client = _server.Server.Client();
        client.DefaultRequestHeaders.Add(header, value);
        return client;
    }

    private async Task<string> CreateUserAsync(string body) => ApiJson.Id(await _server.PostAsync("partner/user/create", body));

    private async Task<string> TwiceAsync(string path, string body)
    {
        using var first = await _server.Owner.SendAsync(HttpMethod.Post, path, body, key: path);
        using var second = await _server.Owner.SendAsync(HttpMethod.Post, path, body, key: path);
        using var other = await _server.Owner.SendAsync(HttpMethod.Post, path, body + " ", key: path);
        var text = await first.ReadTextAsync();
        Assert.Equal(text, await second.TextAsync());
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        await other.AssertRefusedAsync("409 IDEMPOTENCY_KEY_REUSED");
        return text;
    }
}
