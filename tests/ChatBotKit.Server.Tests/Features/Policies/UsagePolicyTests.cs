using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Policies;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Policies that block bots, and send e-mails, when enough was used.</summary>
public sealed class UsagePolicyTests
{
    private const string Ask = """{"text":"Hello"}""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tokens", 1)]
    [InlineData("messages", 2)]
    [InlineData("conversations", 1)]
    public async Task Block_RefusesRunsAndSessionsOfTheBot(string metric, int threshold)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var (bot, talk) = await TalkAsync(server);
        var (_, other) = await TalkAsync(server);
        await server.PostAsync($"conversation/{talk}/complete", Ask);
        await CreateAsync(server, bot, metric, threshold);

        var blocked = await server.Owner.AssertRefusedAsync(
            "429 USAGE_LIMIT: The bot has used *", HttpMethod.Post, $"conversation/{talk}/complete", Ask);
        Assert.EndsWith("is blocked until 2026-03-10T12:10:00Z.", blocked, StringComparison.Ordinal);
        foreach (var (path, body) in new (string, string)[]
        {
            ($"conversation/{talk}/receive", "{}"), ($"conversation/{talk}/compact", "{}"), ($"conversation/{talk}/dispatch", Ask), ($"conversation/{talk}/session/create", "{}"),
            ($"bot/{bot}/session/create", "{}"), ("conversation/complete", Stateless(bot)), ("conversation/dispatch", Stateless(bot)),
            ("openai/chat/completions", $$"""{"model":"bot/id={{bot}}","messages":[{"role":"user","content":"Hello"}]}"""),
        })
            await server.Owner.AssertRefusedAsync("429 USAGE_LIMIT", HttpMethod.Post, path, body);
        await server.PostAsync($"conversation/{other}/complete", Ask);
        await server.CreateMessageAsync(talk, "is stored");
        using var answer = await server.Owner.SendAsync(HttpMethod.Post, $"conversation/{talk}/complete", Ask);
        Assert.Equal(TimeSpan.FromSeconds(600), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Block_OfATrigger_StoresNothing()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var (bot, talk) = await TalkAsync(server);
        await server.PostAsync($"conversation/{talk}/complete", Ask);
        await CreateAsync(server, bot, "tokens", 1);
        var trigger = ApiJson.Id(await server.Owner.ReadAsync(HttpMethod.Post, "integration/trigger/create", new { botId = bot }));

        for (var time = 0; time < 2; time++)
        {
            using var answer = await server.Owner.SendAsync(HttpMethod.Post, $"integration/trigger/{trigger}/invoke", "{}", key: "one");
            await answer.AssertRefusedAsync("429 USAGE_LIMIT");
        }

        Assert.Single((await server.Owner.ReadAsync(HttpMethod.Get, "conversation/list")).Items());
    }

    [Fact]
    public async Task Block_EndsWhenTheWindowHasPassed()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var (bot, talk) = await TalkAsync(server);
        await CreateAsync(server, bot, "tokens", 1);
        await server.PostAsync($"conversation/{talk}/complete", Ask);
        await server.Owner.AssertRefusedAsync("429 USAGE_LIMIT", HttpMethod.Post, $"conversation/{talk}/complete", Ask);

        _time.Advance(TimeSpan.FromHours(2));

        await server.PostAsync($"conversation/{talk}/complete", Ask);
    }

    [Fact]
    public async Task Change_OfThePolicy_LiftsTheBlock()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var (bot, talk) = await TalkAsync(server);
        var policy = await CreateAsync(server, bot, "messages", 2);
        await server.PostAsync($"conversation/{talk}/complete", Ask);
        await server.Owner.AssertRefusedAsync("429 USAGE_LIMIT", HttpMethod.Post, $"conversation/{talk}/complete", Ask);

        await server.PostAsync($"policy/{policy}/update", $$"""{"botId":"{{bot}}","type":"usage","config":{{Config("messages", 3, Blocking)}} }""");
        await server.PostAsync($"conversation/{talk}/complete", Ask);
        await server.Owner.AssertRefusedAsync("429 USAGE_LIMIT", HttpMethod.Post, $"conversation/{talk}/complete", Ask);
        await server.PostAsync($"policy/{policy}/delete", "{}");
        await server.PostAsync($"conversation/{talk}/complete", Ask);
    }

    [Fact]
    public async Task Policy_WithoutABot_IsAboutTheAccount()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var (_, talk) = await TalkAsync(server);
        var free = await server.CreateConversationAsync("""{"model":"extractive"}""");
        await CreateAsync(server, bot: null, "tokens", 1, state: "disabled");
        await server.PostAsync($"conversation/{talk}/complete", Ask);
        await server.PostAsync($"conversation/{talk}/complete", Ask);
        await CreateAsync(server, bot: null, "tokens", 1);

        await server.Owner.AssertRefusedAsync("429 USAGE_LIMIT: The account has used *", HttpMethod.Post, $"conversation/{free}/complete", Ask);
        var stranger = await server.StrangerAsync();
        var foreign = ApiJson.Id(await stranger.ReadAsync(HttpMethod.Post, "conversation/create", """{"model":"extractive"}"""));
        await stranger.ReadAsync(HttpMethod.Post, $"conversation/{foreign}/complete", Ask);
    }

    [Fact]
    public async Task Block_IsKeptByTheNextStart()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var (bot, talk) = await TalkAsync(server);
        var policy = await CreateAsync(server, bot, "tokens", 1);
        await server.PostAsync($"conversation/{talk}/complete", Ask);
        await server.Owner.AssertRefusedAsync("429 USAGE_LIMIT", HttpMethod.Post, $"conversation/{talk}/complete", Ask);

        var row = await server.Server.Store.QueryAsync(db => db.FindPolicyAsync(policy), Token);

        Assert.Equal(_time.GetUtcNow().AddSeconds(600).ToUnixTimeMilliseconds(), row!.BlockedUntil);
    }

    [Theory]
    [InlineData("\"ann@example.com\"", "ann@example.com")]
    [InlineData("[\"ann@example.com\",\"bob@example.com\"]", "ann@example.com bob@example.com")]
    [InlineData("{\"to\":\"ann@example.com\"}", "ann@example.com")]
    public async Task Email_IsSentOnceInAWindow(string email, string recipients)
    {
        await using var sink = new SmtpSink();
        await using var server = await FeatureServer.StartAsync(
            _time, new Dictionary<string, string?> { ["CHATBOTKIT_SMTP_URL"] = sink.Url, ["CHATBOTKIT_SMTP_FROM"] = "bot@example.com" });
        var (bot, talk) = await TalkAsync(server);
        var policy = await CreateAsync(server, bot, "tokens", 1, $$"""{"email":{{email}}}""");
        await CheckAsync(server);
        Assert.Null((await server.Server.Store.QueryAsync(db => db.FindPolicyAsync(policy), Token))!.MailedAt);
        await server.PostAsync($"conversation/{talk}/complete", Ask);

        await CheckAsync(server);
        var (envelope, message) = await sink.NextAsync();
        var mailed = (await server.Server.Store.QueryAsync(db => db.FindPolicyAsync(policy), Token))!.MailedAt;
        await CheckAsync(server);
        await server.PostAsync($"conversation/{talk}/complete", Ask);

        Assert.Equal($"bot@example.com {recipients}", envelope);
        Assert.Contains("has reached 1 tokens within 3600 seconds", message, StringComparison.Ordinal);
        Assert.Equal(mailed, (await server.Server.Store.QueryAsync(db => db.FindPolicyAsync(policy), Token))!.MailedAt);
    }

    private static Task<DueWorkResult> CheckAsync(FeatureServer server) => ((IDueWorkHandler)server.Service<PolicyUsageWork>()).WorkAsync(null!, Token);

    private const string Blocking = """{"block":{"durationInSeconds":600}}""";

    private static string Config(string metric, int threshold, string actions) =>
        $$"""{"metric":"{{metric}}","threshold":{{threshold}},"windowInSeconds":3600,"actions":{{actions}} }""";

    private static string Stateless(string bot) => $$"""{"botId":"{{bot}}","messages":[{"type":"user","text":"Hello"}]}""";

    private static async Task<string> CreateAsync(
        FeatureServer server, string? bot, string metric, int threshold, string actions = Blocking, string state = "enabled") =>
        ApiJson.Id(await server.PostAsync(
            "policy/create",
            $$"""{"botId":{{JsonSerializer.Serialize(bot)}},"type":"usage","state":"{{state}}","config":{{Config(metric, threshold, actions)}} }"""));

    private static async Task<(string Bot, string Talk)> TalkAsync(FeatureServer server)
    {
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"model":"extractive"}"""));
        return (bot, await server.CreateConversationAsync($$"""{"botId":"{{bot}}"}"""));
    }
}
