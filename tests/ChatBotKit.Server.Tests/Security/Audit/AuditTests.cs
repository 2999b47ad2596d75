using System.Reflection;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Sessions.Audit;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Features;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ChatBotKit.Server.Tests.Security;

public sealed class AuditTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private FeatureServer _server = null!;
    private string _conversation = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(_time, map: MapProbe);
        _conversation = await _server.CreateConversationAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Refusals_ThatRepeat_AreOneRecordThatTellsHowManyThereWere()
    {
        using var session = await _server.SessionAsync(_conversation);
        session.DefaultRequestHeaders.Add("Origin", "https://shop.example");
        for (var number = 0; number < 3; number++)
            await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, $"conversation/{_conversation}/delete", "{}");
        await session.AssertRefusedAsync("429 SESSION_MESSAGE_LIMIT", HttpMethod.Get, $"probe/{_conversation}/SESSION_MESSAGE_LIMIT/429");

        var records = await ListAsync("type=refuse&order=asc");

        Assert.Equal([("NOT_AUTHENTICATED", 3), ("SESSION_MESSAGE_LIMIT", 1)], records.Select(CodeAndCount));
        var first = records[0];
        Assert.Equal("https://shop.example", first.Text("origin"));
        Assert.Equal("127.0.0.0/24", first.Text("address"));
        Assert.Equal(_conversation, first.Text("conversationId"));
        Assert.Equal(SessionId(session), first.Text("sessionId"));
        Assert.Equal(("session", SessionId(session)), (first.GetProperty("actor").Text("kind"), first.GetProperty("actor").Text("id")));
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), first.GetProperty("createdAt").GetInt64());
    }

    [Fact]
    public void EveryType_CanBeAskedFor()
    {
        var types = typeof(SessionAuditType).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => $"{property.GetValue(null)}");

        Assert.Equal(types.Order(), AuditFilters.TypeNames.Order());
    }

    [Theory]
    [InlineData("SESSION_RATE_LIMIT", 429, true)]
    [InlineData("CONTACT_MISMATCH", 403, true)]
    [InlineData("SESSION_REVOKED", 401, true)]
    [InlineData("NOT_FOUND", 404, false)]
    [InlineData("BAD_REQUEST", 400, false)]
    [InlineData("TOO_MANY_REQUESTS", 429, false)]
    public async Task Error_IsRecorded_WhenItRefusesTheSession(string code, int status, bool isRecorded)
    {
        using var session = await _server.SessionAsync(_conversation);
        await session.AssertRefusedAsync($"{status} {code}", HttpMethod.Get, $"probe/{_conversation}/{code}/{status}");

        Assert.Equal(isRecorded ? [(code, 1)] : [], (await ListAsync("type=refuse")).Select(CodeAndCount));
    }

    [Fact]
    public async Task Refusals_AreStored_AMinuteLaterWithoutBeingAskedFor()
    {
        using var session = await _server.SessionAsync(_conversation);
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, $"conversation/{_conversation}/delete", "{}");
        _time.Advance(TimeSpan.FromMinutes(1));
        await _server.Service<AuditQueue>().FlushDueAsync(Token);

        Assert.Single(await StoredAsync("refuse"));
    }

    [Fact]
    public async Task Token_WithABadSignature_IsInNoRecord()
    {
        using var session = await _server.SessionAsync(_conversation);
        var token = session.DefaultRequestHeaders.Authorization!.Parameter!;
        using var forger = _server.Server.Client(token[..^8] + "AAAAAAAA");
        await forger.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, $"probe/{_conversation}/NOT_FOUND/404");

        Assert.Empty(await ListAsync("type=refuse"));
        Assert.Empty(await ListAsync("type=use"));
    }

    [Fact]
    public async Task FirstUse_ByManyRequestsAtOnce_HasOneRecord()
    {
        using var session = await _server.SessionAsync(_conversation);
        var path = $"conversation/{_conversation}/message/list";
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => session.ReadAsync(HttpMethod.Get, path)));

        var use = Assert.Single(await ListAsync("type=use"));
        await session.ReadAsync(HttpMethod.Get, path);

        Assert.Equal(use.Text("id"), Assert.Single(await ListAsync("type=use")).Text("id"));
        var row = await _server.Server.Store.FindSessionAsync(SessionId(session), Token);
        Assert.Equal(use.GetProperty("createdAt").GetInt64(), row!.FirstUsedAt);
        Assert.False(_server.Service<AuditQueue>().IsUsed(SessionId(session)));
    }

    [Fact]
    public async Task RecordsThatWait_SurviveAStop_AndFirstUseIsNotRecordedAgain()
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        try
        {
            string token;
            await using (var app = await ServerFactory.StartInAsync(directory, time: _time))
            {
                var (conversation, session) = await MintAsync(app);
                token = session;
                await CallAsync(app, token, conversation);
            }

            await using var again = await ServerFactory.StartInAsync(directory, time: _time);
            await CallAsync(again, token, new JsonWebToken(token).GetPayloadValue<string>("conversationId"));
            using var owner = ServerFactory.ClientOf(again);

            var records = await owner.ReadAsync(HttpMethod.Get, "session/audit/list?order=asc");
            Assert.Single(records.Items(), record => record.Text("type") == "use");
            Assert.Equal(2, records.Items().Where(record => record.Text("type") == "refuse").Sum(record => record.GetProperty("count").GetInt32()));
            Assert.True((await owner.ReadAsync(HttpMethod.Get, "session/audit/verify")).GetProperty("valid").GetBoolean());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task List_IsFilteredPagedAndStreamed()
    {
        var other = await _server.CreateConversationAsync();
        using var one = await _server.SessionAsync(_conversation);
        using var two = await _server.SessionAsync(other);
        await one.ReadAsync(HttpMethod.Get, $"conversation/{_conversation}/message/list");
        await two.ReadAsync(HttpMethod.Get, $"conversation/{other}/message/list");
        await two.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, $"conversation/{other}/delete", "{}");

        var all = await ListAsync("");
        var page = await ListAsync($"take=1&cursor={all[0].Text("id")}");
        var lines = await _server.Owner.ReadTextAsync("session/audit/list?order=asc", "application/jsonl");

        Assert.Equal(all.Select(Number).OrderDescending(), all.Select(Number));
        Assert.Equal(all[1].Text("id"), Assert.Single(page).Text("id"));
        Assert.Equal(all.Count, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(await ListAsync($"conversationId={other}"), record => Assert.Equal(other, record.Text("conversationId")));
        Assert.All(await ListAsync($"sessionId={SessionId(one)}"), record => Assert.Equal(SessionId(one), record.Text("sessionId")));
        Assert.Equal(2, (await ListAsync("type=use")).Count);
        Assert.Single(await ListAsync($"type=use&conversationId={other}"));
        Assert.Empty(await ListAsync("cursor=unknown"));
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Get, "session/audit/list?type=made");
    }

    [Fact]
    public async Task Records_AreForTheirOwnerAlone()
    {
        using var session = await _server.SessionAsync(_conversation);
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "session/audit/list");
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "session/audit/verify");
        using var stranger = await _server.StrangerAsync();

        Assert.Single(await ListAsync("type=refuse"));
        Assert.Empty((await stranger.ReadAsync(HttpMethod.Get, "session/audit/list")).Items());
        Assert.Equal(0, (await stranger.ReadAsync(HttpMethod.Get, "session/audit/verify")).GetProperty("records").GetInt64());
    }

    private static (string?, int) CodeAndCount(JsonElement record) => (record.Text("code"), record.GetProperty("count").GetInt32());

    private static long Number(JsonElement record) => record.GetProperty("number").GetInt64();

    private static string SessionId(HttpClient session) =>
        new JsonWebToken(session.DefaultRequestHeaders.Authorization!.Parameter).Id;

    private static async Task<(string Conversation, string Token)> MintAsync(WebApplication app)
    {
        using var owner = ServerFactory.ClientOf(app);
        var conversation = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}"));
        var session = await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", "{}");
        return (conversation, session.Text("token")!);
    }

    /// <summary>Sends one request that succeeds and one that is refused.</summary>
    private static async Task CallAsync(WebApplication app, string token, string conversation)
    {
        using var session = ServerFactory.ClientOf(app, token);
        await session.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/message/list");
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, $"conversation/{conversation}/delete", "{}");
    }

    private static void MapProbe(WebApplication app) => app.MapApi(api =>
        api.MapGet("/probe/{conversationId}/{code}/{status}", Refuse).AllowSession(SessionPermissions.Send));

    private static IResult Refuse(string code, int status) => throw new ApiException(new ErrorCode(code, status), "Refused");

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string query) =>
        [.. (await _server.GetAsync($"session/audit/list?{query}")).Items()];

    private Task<List<AuditRow>> StoredAsync(string type) => _server.Server.Store.ListAsync(
        AuditTable.Rows, "WHERE \"Type\" = $1 ORDER BY \"AccountId\", \"Number\"", type);
}
