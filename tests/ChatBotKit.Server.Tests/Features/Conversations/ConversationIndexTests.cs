using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Data;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The indexes that the database uses for lists of conversations, and for deletions of resources that they refer to.</summary>
public sealed class ConversationIndexTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "IX_Conversations_AccountId_CreatedAt_Id")]
    [InlineData("botId=a", "IX_Conversations_BotId")]
    // Pages are sorted by age, and only in this index are those of several bots together.
    [InlineData("botId=a,b", "IX_Conversations_AccountId_CreatedAt_Id")]
    [InlineData("contactId=a", "IX_Conversations_ContactId")]
    [InlineData("taskId=a", "IX_Conversations_TaskId")]
    [InlineData("from=2026-01-01&to=2026-02-01", "IX_Conversations_AccountId_CreatedAt_Id")]
    [InlineData("botId=a&from=2026-01-01", "IX_Conversations_BotId")]
    [InlineData("contactId=a&to=2026-01-01", "IX_Conversations_ContactId")]
    public async Task List_WithAFilter_ReadsItsIndex(string query, string index)
    {
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        await using var server = await FeatureServer.StartAsync();
        var context = new DefaultHttpContext { Request = { QueryString = new QueryString($"?{query}") } };
        var caller = new Caller { AccountId = "account", ScopeId = "scope" };

        var plans = await server.Server.Store.QueryAsync(
            async db =>
            {
                var explaining = new ExplainingSession(db);
                await ConversationReading.ReadPieceAsync(explaining, new ListQuery(context), new ListPage(Cursor: null, Descending: true, Take: 100), caller);
                return explaining.Plans;
            },
            Token);

        // A single step besides those that check whether a resource exists: the rows come in their order, without sorting.
        var step = Assert.Single(Assert.Single(plans), step => !step.Contains("SUBQUERY", StringComparison.Ordinal) && !step.StartsWith("SEARCH target", StringComparison.Ordinal));
        Assert.StartsWith("SEARCH", step, StringComparison.Ordinal);
        Assert.Contains(index, step, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewestOfABot_AreReadByTheirIndex()
    {
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        await using var server = await FeatureServer.StartAsync();

        var plan = await server.Server.Store.QueryAsync(
            db => db.ListAsync($"EXPLAIN QUERY PLAN {ConversationTable.NewestOfBot}", static row => row.GetString(3), "bot", "account", 20), Token);

        Assert.Contains("IX_Conversations_BotId", Assert.Single(plan), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bot")]
    [InlineData("dataset")]
    [InlineData("skillset")]
    [InlineData("task")]
    [InlineData("space")]
    [InlineData("contact")]
    public async Task Deletion_FindsWhatNamesIt_ByAnIndex(string kind)
    {
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        await using var server = await FeatureServer.StartAsync();
        var columns = server.Service<ResourceKinds>().Find(kind)!.NamedBy;
        Assert.NotEmpty(columns);
        foreach (var column in columns)
        {
            var plan = await server.Server.Store.QueryAsync(
                db => db.ListAsync($"EXPLAIN QUERY PLAN {column.Clear}", static row => row.GetString(3), "a"), Token);
            Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal));
            Assert.Contains(plan, step => step.Contains($"IX_{column.Table}_{column.Column}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task List_OfABot_TakesItsAliasAndItsId()
    {
        await using var server = await FeatureServer.StartAsync();
        var first = ApiJson.Id(await server.PostAsync("bot/create", """{"alias":"first"}"""));
        var second = ApiJson.Id(await server.PostAsync("bot/create", """{"alias":"second"}"""));
        var task = ApiJson.Id(await server.PostAsync("task/create", """{"name":"Daily"}"""));
        var ofFirst = await server.CreateConversationAsync($$"""{"botId":"{{first}}"}""");
        var ofSecond = await server.CreateConversationAsync($$"""{"botId":"{{second}}","taskId":"{{task}}"}""");
        await server.CreateConversationAsync();
        var stranger = await server.StrangerAsync();

        foreach (var (query, found) in new (string, string[])[]
        {
            ($"botId={first}", [ofFirst]),
            ("botId=@first", [ofFirst]),
            ($"botId=@first,{second}", [ofSecond, ofFirst]),
            ("botId=@none", []),
            ("botId=none", []),
            ($"botId={first}&taskId={task}", []),
            ($"taskId={task}", [ofSecond]),
            ("taskId=(Daily)", [ofSecond]),
        })
        {
            Assert.Equal(found.Order(), (await server.GetAsync($"conversation/list?{query}")).Ids().Order());
            Assert.Equal(found.Order(), (await server.GetAsync($"conversation/export?{query}")).Ids().Order());
        }

        Assert.Empty((await stranger.ReadAsync(HttpMethod.Get, $"conversation/list?botId={first}")).Ids());
    }
}
