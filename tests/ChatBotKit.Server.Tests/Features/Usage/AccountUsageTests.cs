using System.Globalization;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Usage;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

public sealed class AccountUsageTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fetch_CountsTheCurrentMonth_AndWhatIsStored()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var dataset = ApiJson.Id(await server.PostAsync("dataset/create", "{}"));
        await server.PostAsync($"dataset/{dataset}/record/create", """{"text":"a"}""");
        await server.PostAsync("skillset/create", "{}");
        await server.PostAsync("file/create", "{}");
        await server.PostAsync("partner/user/create", """{"email":"a@example.com"}""");
        await SpendAsync(server, "2026-02-28T23:59:59.999Z", 1_000);
        await SpendAsync(server, "2026-03-01", 7);
        await server.CreateConversationAsync("""{"messages":[{"type":"user","text":"a"},{"type":"bot","text":"b"},{"type":"context","text":"c"}]}""");
        var stranger = await server.StrangerAsync();
        await stranger.ReadAsync(HttpMethod.Post, "conversation/create", """{"messages":[{"type":"user","text":"a"}]}""");

        Assert.Equal(
            """{"tokens":7,"conversations":1,"messages":2,"database":{"datasets":1,"records":1,"skillsets":1,"abilities":0,"files":1,"users":1}}""",
            (await server.GetAsync("usage/fetch")).GetRawText());
    }

    [Fact]
    public async Task Fetch_OfAnEmptyAccount_IsZero()
    {
        await using var server = await FeatureServer.StartAsync(_time);

        Assert.Equal((0, 0), (await TotalAsync(server, "tokens"), await TotalAsync(server, "messages")));
        Assert.Equal(90, (await server.GetAsync("usage/series/fetch")).GetProperty("tokens").GetArrayLength());
    }

    [Fact]
    public async Task Series_HasThe90DaysUntilToday()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        await SpendAsync(server, "2025-12-10T23:59:59.999Z", 1_000);
        await SpendAsync(server, "2025-12-11", 1);
        await SpendAsync(server, "2026-03-09", 20);
        await SpendAsync(server, "2026-03-09T23:59:59.999Z", 30);
        var talk = await server.CreateConversationAsync();
        await server.CreateMessageAsync(talk, "one");
        _time.Advance(TimeSpan.FromDays(1));
        await server.CreateMessageAsync(talk, "two");

        var series = await server.GetAsync("usage/series/fetch");

        Assert.Equal([("2026-03-09", 50)], Points(series, "tokens"));
        Assert.Equal([("2026-03-10", 1)], Points(series, "conversations"));
        Assert.Equal([("2026-03-10", 1), ("2026-03-11", 1)], Points(series, "messages"));
        Assert.Equal("2025-12-12", DayOf(series.GetProperty("tokens")[0]));
    }

    [Theory]
    [InlineData(""","messages":[{"type":"user","text":"a"},{"type":"bot","text":"b"}]""", 2)]
    [InlineData("", 0)]
    public async Task Deletion_OfAConversation_LeavesItsUsage(string given, int messages)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"model":"extractive"}"""));
        var talk = await server.CreateConversationAsync($$"""{"botId":"{{bot}}"{{given}}}""");
        await server.PostAsync($"conversation/{talk}/complete", """{"text":"Hello"}""");
        var before = await server.GetAsync("usage/fetch");
        var records = await server.GetAsync($"usage/list?botId={bot}");

        await server.PostAsync($"conversation/{talk}/delete", "{}");

        Assert.Equal(messages + 2, before.GetProperty("messages").GetInt32());
        Assert.Equal(before.GetRawText(), (await server.GetAsync("usage/fetch")).GetRawText());
        Assert.Equal(records.GetRawText(), (await server.GetAsync($"usage/list?botId={bot}")).GetRawText());
        Assert.Single(records.Ids());
    }

    [Fact]
    public async Task List_HasARecordForEachRun_AndFindsItByWhatItIsOf()
    {
        await using var server = await FeatureServer.StartAsync();
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"model":"extractive","alias":"help"}"""));
        var contact = ApiJson.Id(await server.PostAsync("contact/create", """{"name":"Ann"}"""));
        var task = ApiJson.Id(await server.PostAsync("task/create", "{}"));
        var talk = await server.CreateConversationAsync($$"""{"botId":"{{bot}}","contactId":"{{contact}}","taskId":"{{task}}"}""");
        var answer = await server.PostAsync($"conversation/{talk}/complete", """{"text":"Hello"}""");
        var other = await server.CreateConversationAsync("""{"model":"extractive"}""");
        await server.PostAsync($"conversation/{other}/complete", """{"text":"Hello"}""");

        var record = Assert.Single((await server.GetAsync($"usage/list?botId={bot}")).GetProperty("items").EnumerateArray());
        Assert.Equal(
            ("token", answer.GetProperty("usage").GetProperty("token").GetInt64(), talk, bot, contact, task),
            (record.Text("type"), record.GetProperty("count").GetInt64(), record.Text("conversationId"), record.Text("botId"), record.Text("contactId"), record.Text("taskId")));
        Assert.Equal(2, (await server.GetAsync("usage/list")).Ids().Count);
        var found = new List<int>();
        foreach (var query in new[]
        {
            "botId=@help", $"conversationId={talk},{other}", $"contactId={contact}", $"taskId={task}", "type=token", "meta.model=extractive",
            "type=image", "botId=unknown", "datasetId=a", "meta.model=other", "meta.colour=red", $"contactId={contact}&conversationId={other}",
        })
            found.Add((await server.GetAsync($"usage/list?{query}")).Ids().Count);
        Assert.Equal([1, 2, 1, 1, 2, 2, 0, 0, 0, 0, 0, 0], found);
        var stranger = await server.StrangerAsync();
        Assert.Empty((await stranger.ReadAsync(HttpMethod.Get, "usage/list")).Ids());
    }

    [Theory]
    [InlineData("", "IX_UsageRecords_List")]
    [InlineData("conversationId=a", "IX_UsageRecords_ConversationId")]
    [InlineData("botId=BOT", "IX_UsageRecords_BotId")]
    public async Task List_ReadsAnIndex(string query, string index)
    {
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        await using var server = await FeatureServer.StartAsync();
        var bot = ApiJson.Id(await server.PostAsync("bot/create", "{}"));
        var context = new DefaultHttpContext { Request = { QueryString = new QueryString($"?{query.Replace("BOT", bot, StringComparison.Ordinal)}") } };
        var caller = new Caller { AccountId = await server.Server.OwnerAccountIdAsync(), ScopeId = "scope" };
        var plans = await server.Server.Store.QueryAsync(
            async db =>
            {
                var explaining = new ExplainingSession(db);
                await UsageRecordReading.ReadPieceAsync(explaining, new ListQuery(context), new ListPage(Cursor: null, Descending: true, Take: 100), caller);
                return explaining.Plans;
            },
            Token);
        Assert.Contains(index, Assert.Single(plans)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_DeletesUsageThatIsTooOld()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        await SpendAsync(server, "2020-01-01", 1);
        await server.CreateConversationAsync("""{"messages":[{"type":"user","text":"a"}]}""");
        await server.Server.Store.ExecuteAsync("""UPDATE "ConversationDays" SET "Day" = 10""");
        await SpendAsync(server, "2026-01-01", 2);

        await ((IDueWorkHandler)server.Service<UsageRetentionWork>()).WorkAsync(null!, Token);

        Assert.Equal(2, (await server.Server.Store.SingleAsync(UsageTable.Rows)).InputTokens);
        Assert.Equal(0, await DaysAsync(server));
    }

    private static Task<int> DaysAsync(FeatureServer server) => server.Server.Store.QueryAsync(
        db => db.FirstAsync("""SELECT count(*) FROM "ConversationDays" """, static row => row.GetInt32(0)), Token).AsTask();

    private static async Task<int> TotalAsync(FeatureServer server, string field) => (await server.GetAsync("usage/fetch")).GetProperty(field).GetInt32();

    private static string DayOf(JsonElement point) =>
        DateTimeOffset.FromUnixTimeMilliseconds(point.GetProperty("date").GetInt64()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Returns the days of a series that are not zero.</summary>
    private static List<(string Day, int Total)> Points(JsonElement series, string name) =>
    [
        .. series.GetProperty(name).EnumerateArray().Select(point => (DayOf(point), point.GetProperty("total").GetInt32())).Where(point => point.Item2 != 0),
    ];

    private static async Task SpendAsync(FeatureServer server, string at, int tokens) => await server.Server.Store.CommitAsync(new WriteSet
    {
        Usage = new UsageRow
        {
            Id = Ids.New(),
            AccountId = await server.Server.OwnerAccountIdAsync(),
            Model = "a",
            InputTokens = tokens,
            OutputTokens = 0,
            Messages = 2,
            CreatedAt = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds(),
        },
    });
}
