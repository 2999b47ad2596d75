using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>
/// An account whose contents are known. On 2026-02-01 it got a bot, a dataset and a conversation with one message, on 2026-03-07 a
/// conversation without a bot, and on 2026-03-10, which is today, a long and a short conversation with the bot.
/// </summary>
internal sealed class ReportFixture : IAsyncDisposable
{
    private ReportFixture(FeatureServer server) => Server = server;

    public FeatureServer Server { get; }

    public string Bot { get; private set; } = "";

    public string Dataset { get; private set; } = "";

    /// <summary>The conversation with two questions, an action and two answers.</summary>
    public string Long { get; private set; } = "";

    /// <summary>The conversation with one question.</summary>
    public string Short { get; private set; } = "";

    public static async Task<ReportFixture> StartAsync(FakeTimeProvider time)
    {
        var fixture = new ReportFixture(await FeatureServer.StartAsync(time));
        var server = fixture.Server;
        fixture.Bot = ApiJson.Id(await server.PostAsync("bot/create", """{"name":"Flora"}"""));
        var contact = ApiJson.Id(await server.PostAsync("contact/create", """{"name":"Ann"}"""));
        await fixture.TalkAsync(""","contactId":"CONTACT","messages":[{"type":"user","text":"a"}]""".Replace("CONTACT", contact, StringComparison.Ordinal));
        await fixture.SpendAsync(time, fixture.Bot, 40, null);
        time.Advance(TimeSpan.FromSeconds(1));
        fixture.Dataset = ApiJson.Id(await server.PostAsync("dataset/create", "{}"));
        await server.PostAsync($"dataset/{fixture.Dataset}/record/create", """{"text":"a"}""");
        await server.PostAsync($"dataset/{fixture.Dataset}/record/create", """{"text":"b"}""");
        time.Advance(new DateTimeOffset(2026, 3, 7, 12, 0, 0, TimeSpan.Zero) - time.GetUtcNow());
        await server.CreateConversationAsync("""{"messages":[{"type":"user","text":"a"},{"type":"bot","text":"b"}]}""");
        await fixture.SpendAsync(time, null, 10, null);
        time.Advance(TimeSpan.FromDays(3));
        await fixture.TodayAsync(time, contact);
        var stranger = await server.StrangerAsync();
        await stranger.ReadAsync(HttpMethod.Post, "conversation/create", """{"messages":[{"type":"user","text":"not of this account"}]}""");
        return fixture;
    }

    public Task<JsonElement> MakeAsync(string id, string input = "{}") => Server.PostAsync($"platform/report/{id}/generate", input);

    public Task<JsonElement> MakeOfBotAsync(string id, string more = "") => MakeAsync(id, $$"""{"botId":"{{Bot}}"{{more}}}""");

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task TodayAsync(FakeTimeProvider time, string contact)
    {
        // As a run stores them: the call, and then its result.
        const string Call = """{"activity":{"type":"request","callId":"1","function":{"name":"look","arguments":{}}}}""";
        const string Result = """{"activity":{"type":"response","callId":"1","function":{"name":"look","arguments":{},"result":"1"}}}""";
        Long = await TalkAsync($$"""
            ,"contactId":"{{contact}}","messages":[{"type":"user","text":"a"},{"type":"bot","text":"b"},{"type":"activity","text":"","meta":{{Call}}},
            {"type":"activity","text":"","meta":{{Result}}},{"type":"user","text":"c"},{"type":"bot","text":"d"}]
            """);
        Short = await TalkAsync(""","messages":[{"type":"user","text":"a"}]""");
        await SpendAsync(time, Bot, 100, Long);
        await Server.PostAsync($"conversation/{Short}/downvote", "{}");
        var messages = (await Server.GetAsync($"conversation/{Long}/message/list?order=asc")).Ids();
        await Server.PostAsync($"conversation/{Long}/message/{messages[1]}/upvote", "{}");
        time.Advance(TimeSpan.FromSeconds(1));
        await Server.PostAsync($"conversation/{Long}/downvote", """{"value":-50,"reason":"too long"}""");
    }

    private Task<string> TalkAsync(string more) => Server.CreateConversationAsync($$"""{"botId":"{{Bot}}"{{more}}}""");

    private async Task SpendAsync(FakeTimeProvider time, string? bot, int tokens, string? conversation) => await Server.Server.Store.CommitAsync(new WriteSet
    {
        Usage = new UsageRow
        {
            Id = Ids.New(),
            AccountId = await Server.Server.OwnerAccountIdAsync(),
            ConversationId = conversation,
            BotId = bot,
            Model = "a",
            InputTokens = tokens,
            OutputTokens = 0,
            Messages = 2,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        },
    });
}
