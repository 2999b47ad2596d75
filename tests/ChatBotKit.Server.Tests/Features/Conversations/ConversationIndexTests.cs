using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Which indexes the database uses for the lists of conversations, and when something that they refer to is deleted.</summary>
public sealed class ConversationIndexTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "IX_Conversations_AccountId_CreatedAt_Id")]
    [InlineData("botId=a", "IX_Conversations_BotId")]
    // Pages go by age, and those of several bots lie together only there.
    [InlineData("botId=a,b", "IX_Conversations_AccountId_CreatedAt_Id")]
    [InlineData("contactId=a", "IX_Conversations_ContactId")]
    [InlineData("taskId=a", "IX_Conversations_TaskId")]
    public async Task List_WithAFilter_ReadsItsIndex(string query, string index)
    {
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

        // One step: the rows come in their order, and none are sorted.
        var step = Assert.Single(Assert.Single(plans));
        Assert.StartsWith("SEARCH", step, StringComparison.Ordinal);
        Assert.Contains(index, step, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConversationTable.ForgetBot, "IX_Conversations_BotId")]
    [InlineData(ConversationTable.ForgetDataset, "IX_Conversations_DatasetId")]
    [InlineData(ConversationTable.ForgetSkillset, "IX_Conversations_SkillsetId")]
    [InlineData(ConversationTable.ForgetTask, "IX_Conversations_TaskId")]
    [InlineData(ConversationTable.ForgetSpace, "IX_Conversations_SpaceId")]
    public async Task Deletion_FindsItsConversations_ByTheirIndex(string sql, string index)
    {
        await using var server = await FeatureServer.StartAsync();
        var plan = await server.Server.Store.QueryAsync(db => db.ListAsync($"EXPLAIN QUERY PLAN {sql}", static row => row.GetString(3), "a"), Token);
        var step = Assert.Single(plan);
        Assert.StartsWith("SEARCH", step, StringComparison.Ordinal);
        Assert.Contains(index, step, StringComparison.Ordinal);
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

    /// <summary>Runs queries, and asks the database how it does.</summary>
    private sealed class ExplainingSession(ISqlSession db) : ISqlSession
    {
        public List<List<string>> Plans { get; } = [];

        public SqlDialect Dialect => db.Dialect;

        public ValueTask<T?> FirstAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values) => db.FirstAsync(sql, read, values);

        public ValueTask<List<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values) => db.ListAsync(sql, read, values);

        public ValueTask<SqlPage<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, SqlSize<T> size, params ReadOnlySpan<SqlValue> values)
        {
            // On SQLite every task is complete when it is returned.
            Plans.Add(db.ListAsync($"EXPLAIN QUERY PLAN {sql}", static row => row.GetString(3), values).AsTask().GetAwaiter().GetResult());
            return db.ListAsync(sql, read, size, values);
        }
    }
}
