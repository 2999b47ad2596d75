using System.Globalization;
using ChatBotKit.Server.Data;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ChatBotKit.Server.Tests.Security;

public sealed class MintTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, 750, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{}", 3600)]
    [InlineData("""{"durationInSeconds":null}""", 3600)]
    [InlineData("""{"durationInSeconds":1800}""", 1800)]
    [InlineData("""{"durationInSeconds":"86400"}""", 86400)]
    public async Task Answer_HoldsConversationTokenAndEnd(string body, int seconds)
    {
        await using var server = await StartAsync();
        var conversation = await server.AddConversationAsync();

        var session = await server.Client().ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", body);

        var expiresAt = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(seconds).ToUnixTimeMilliseconds();
        Assert.Equal(conversation, session.Text("id")!);
        Assert.Equal(expiresAt, session.GetProperty("expiresAt").GetInt64());
        var row = await server.Store.FindSessionAsync(new JsonWebToken(session.Text("token")!).Id, Token);
        Assert.Equal((conversation, expiresAt), (row!.ConversationId, row.ExpiresAt));
    }

    [Theory]
    [InlineData("1799")]
    [InlineData("86401")]
    [InlineData("-1")]
    [InlineData("0")]
    public async Task Duration_OutsideTheLimits_Is400NamingThem(string seconds)
    {
        await using var server = await StartAsync();
        var conversation = await server.AddConversationAsync();

        await server.Client().AssertRefusedAsync(
            "400 BAD_REQUEST: \"durationInSeconds\" must be from 1800 to 86400", HttpMethod.Post, $"/v1/conversation/{conversation}/session/create",
            string.Create(CultureInfo.InvariantCulture, $$"""{"durationInSeconds":{{seconds}}}"""));
    }

    [Fact]
    public async Task Terms_AreKeptAndSaidInTheToken()
    {
        await using var server = await StartAsync();
        var session = await server.MintAsync(body: """
            {"durationInSeconds":1800,"refreshable":true,"lifetimeInSeconds":7200,"permissions":["messages:read","complete"],
             "origins":["https://shop.example","http://localhost:3000"],"limits":{"messages":5,"tokens":"6","streams":null},"meta":{"a":1}}
            """);

        var row = await session.RowAsync();
        Assert.Equal(
            ("""["complete","messages:read"]""", """["https://shop.example","http://localhost:3000"]""", """{"messages":5,"tokens":6,"requestsPerMinute":null,"streams":null,"attachmentBytes":null}""", """{"a":1}"""),
            (row.Permissions, row.Origins, row.Limits, row.Meta));
        Assert.Equal((true, 1800, 1, row.CreatedAt + 7_200_000), (row.Refreshable, row.DurationInSeconds, row.Generation, row.AbsoluteExpiresAt));
        Assert.Equal(row.AbsoluteExpiresAt, session.Answer.GetProperty("refreshableUntil").GetInt64());
        var token = new JsonWebToken(session.Token);
        Assert.Equal("complete messages:read", token.GetPayloadValue<string>("scope"));
        Assert.Equal(["https://shop.example", "http://localhost:3000"], token.GetPayloadValue<string[]>("origins"));
        Assert.Equal((1, row.Id, row.Id), (session.Generation, token.Id, token.Subject));
    }

    [Fact]
    public async Task Terms_NotGiven_AreTheOfficialOnes()
    {
        await using var server = await StartAsync();
        var session = await server.MintAsync();

        var row = await session.RowAsync();
        Assert.Equal((null, null, null, null), (row.Permissions, row.Origins, row.Limits, row.Meta));
        Assert.Equal((false, null), (row.Refreshable, row.AbsoluteExpiresAt));
        Assert.Equal(["expiresAt", "id", "sessionId", "token"], session.Answer.EnumerateObject().Select(field => field.Name).Order());
        var token = new JsonWebToken(session.Token);
        Assert.DoesNotContain("tools:read", token.GetPayloadValue<string>("scope"), StringComparison.Ordinal);
        Assert.Contains("messages:read", token.GetPayloadValue<string>("scope"), StringComparison.Ordinal);
        Assert.False(token.TryGetPayloadValue<object>("origins", out _));
        Assert.False(token.TryGetPayloadValue<object>("contactId", out _));
    }

    [Theory]
    [InlineData("""{"permissions":[]}""", "\"permissions\" must name at least one permission")]
    [InlineData("""{"permissions":["fly"]}""", "\"permissions[0]\" is \"fly\"; it must be one of complete, send, receive")]
    [InlineData("""{"permissions":["Complete"]}""", "\"permissions[0]\" is \"Complete\"")]
    [InlineData("""{"origins":[]}""", "\"origins\" must name 1 to 50 origins")]
    [InlineData("""{"origins":["https://a.example","*"]}""", "\"origins[1]\" must be an origin")]
    [InlineData("""{"origins":[null]}""", "\"origins[0]\" must be a string")]
    [InlineData("""{"lifetimeInSeconds":7200}""", "\"lifetimeInSeconds\" is only allowed with \"refreshable\"")]
    [InlineData("""{"refreshable":true,"lifetimeInSeconds":3599}""", "\"lifetimeInSeconds\" must be from the duration, 3600, to 2592000")]
    [InlineData("""{"refreshable":true,"lifetimeInSeconds":2592001}""", "\"lifetimeInSeconds\" must be from")]
    [InlineData("""{"limits":{"messages":0}}""", "\"limits.messages\" must be at least 1")]
    [InlineData("""{"limits":{"tokens":-1}}""", "\"limits.tokens\" must be at least 1")]
    [InlineData("""{"limits":{"message":1}}""", "\"limits.message\" is not allowed")]
    [InlineData("""{"limits":{"streams":1.5}}""", "\"limits.streams\"")]
    [InlineData("""{"meta":{"_a":1}}""", "\"meta._a\" is not allowed")]
    [InlineData("""{"contactId":"unknown"}""", "\"contactId\" names no contact")]
    public async Task Terms_ThatCannotBeHad_Are400(string body, string message)
    {
        await using var server = await StartAsync();
        var conversation = await server.AddConversationAsync();

        await server.Client().AssertRefusedAsync($"400 BAD_REQUEST: {message}*", HttpMethod.Post, $"/v1/conversation/{conversation}/session/create", body);
        Assert.Equal(0, await CountAsync(server));
    }

    [Fact]
    public async Task Origins_OverTheLimits_Are400AndTheMostOfThemFitIntoAToken()
    {
        await using var server = await StartAsync();
        var most = string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"https://{new string('a', 55)}.shop{i:00}.example\""));

        var session = await server.MintAsync(body: $$"""{"origins":[{{most}}]}""");

        Assert.Equal("200", await session.LookAsync());
        foreach (var tooMany in new[] { $"{most},\"https://a.example\"", most.Replace("https://", $"https://{new string('b', 20)}", StringComparison.Ordinal) })
            await server.Client().AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"conversation/{session.ConversationId}/session/create", $$"""{"origins":[{{tooMany}}]}""");
    }

    [Theory]
    [InlineData("1800", "{}", 1800)]
    [InlineData("7200", "{}", 3600)]
    [InlineData("7200", """{"durationInSeconds":7200}""", 7200)]
    [InlineData("7200", """{"durationInSeconds":7201}""", null)]
    public async Task Policy_LowersTheMaximum(string policy, string body, int? seconds)
    {
        await using var server = await ServerFactory.StartAsync(
            time: _time, settings: new Dictionary<string, string?> { ["CHATBOTKIT_SESSION_MAX_SECONDS"] = policy, ["CHATBOTKIT_ISSUER"] = "https://chat.example" });
        var conversation = await server.AddConversationAsync();

        using var answer = await server.Client().SendAsync(HttpMethod.Post, $"/v1/conversation/{conversation}/session/create", body);

        if (seconds is null)
        {
            await answer.AssertRefusedAsync($"400 BAD_REQUEST: \"durationInSeconds\" must be from 1800 to {policy}");
            return;
        }

        var token = new JsonWebToken((await answer.ReadAsync()).Text("token")!);
        Assert.Equal((TimeSpan.FromSeconds(seconds.Value), "https://chat.example"), (token.ValidTo - token.IssuedAt, token.Issuer));
    }

    [Fact]
    public async Task Contact_MustBeTheConversationsOrMayBeSaid()
    {
        await using var server = await StartAsync();
        using var owner = server.Client();
        var conversation = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", """{"contactId":{"fingerprint":"fingerprint-of-one","name":"One"}}"""));
        var one = (await owner.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/fetch")).Text("contactId");
        var free = await server.AddConversationAsync();

        var same = await server.MintAsync(conversation, $$"""{"contactId":"{{one}}"}""");
        var inherited = await server.MintAsync(conversation);
        var said = await server.MintAsync(free, $$"""{"contactId":"{{one}}"}""");

        foreach (var session in new[] { same, inherited, said })
        {
            Assert.Equal(one, (await session.RowAsync()).ContactId);
            Assert.Equal(one, new JsonWebToken(session.Token).GetPayloadValue<string>("contactId"));
        }

        await owner.AssertRefusedAsync(
            "400 BAD_REQUEST: \"contactId\" must be the contact of the conversation",
            HttpMethod.Post, $"conversation/{conversation}/session/create", """{"contactId":"another"}""");
    }

    [Fact]
    public async Task Mint_LeavesAnAuditRecord()
    {
        await using var server = await StartAsync();
        var session = await server.MintAsync();

        Assert.Equal(["mint"], await session.AuditAsync());
    }

    [Fact]
    public async Task Mint_OfAForeignConversation_Is404()
    {
        await using var server = await StartAsync();
        var foreign = await server.AddConversationAsync((await server.AddAccountAsync()).Id);

        await server.Client().AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{foreign}/session/create", "{}");
        await server.Client().AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, "conversation/unknown/session/create", "{}");
    }

    [Fact]
    public async Task SameKey_ManyAtOnce_OpensOneSession()
    {
        await using var server = await StartAsync();
        var conversation = await server.AddConversationAsync();
        for (var i = 0; i < 50; i++)
        {
            var minted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.MintAsync(conversation, key: $"mint-{i}")));
            Assert.Single(minted.Select(session => session.Id).Distinct());
        }

        Assert.Equal(50, await CountAsync(server));
    }

    [Fact]
    public async Task RepeatedRequest_WithAKey_GetsTheSameSession()
    {
        await using var server = await StartAsync();
        var conversation = await server.AddConversationAsync();
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "mint-1");

        using var first = await client.SendAsync(HttpMethod.Post, $"/v1/conversation/{conversation}/session/create", "{}");
        using var second = await client.SendAsync(HttpMethod.Post, $"/v1/conversation/{conversation}/session/create", "{}");

        var (one, other) = (await first.ReadAsync(), await second.ReadAsync());
        Assert.Equal(one.GetProperty("expiresAt").GetInt64(), other.GetProperty("expiresAt").GetInt64());
        var (token, again) = (one.Text("token")!, other.Text("token")!);
        Assert.Equal(new JsonWebToken(token).Id, new JsonWebToken(again).Id);
        using var holder = server.Client(again);
        await holder.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/message/list");
    }

    [Fact]
    public async Task Request_WithAKey_LeavesNoTokenInTheStore()
    {
        await using var server = await StartAsync();
        var conversation = await server.AddConversationAsync();
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "mint-2");

        await client.ReadAsync(HttpMethod.Post, $"/v1/conversation/{conversation}/session/create", "{}");
        var stored = await server.Store.SingleAsync(IdempotencyTable.Rows, "WHERE \"Key\" = 'mint-2'");
        Assert.Null(stored.Response);
    }

    private Task<ServerFactory> StartAsync() => ServerFactory.StartAsync(time: _time);

    private static Task<int> CountAsync(ServerFactory server) =>
        server.Store.CountAsync(SessionTable.Rows);
}
