using System.Net;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The limit of sessions that visitors create.</summary>
public sealed class VisitorRateTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Create_BeyondTheRate_Is429ForVisitorsAndNotForTheOwner()
    {
        await using var server = await FeatureServer.StartAsync(
            _time, new Dictionary<string, string?> { ["CHATBOTKIT_VISITOR_SESSIONS_PER_MINUTE"] = "2" });
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"visibility":"public"}"""));
        var path = $"bot/{bot}/session/create";
        using var visitor = server.Server.Client(credential: null);
        var stranger = await server.StrangerAsync();
        await visitor.ReadAsync(HttpMethod.Post, path, "{}");
        await stranger.ReadAsync(HttpMethod.Post, path, "{}");

        using (var answer = await visitor.SendAsync(HttpMethod.Post, path, "{}"))
        {
            Assert.Equal("30", answer.Header("Retry-After"));
            await answer.AssertRefusedAsync("429 TOO_MANY_REQUESTS");
        }

        await stranger.AssertRefusedAsync("429 TOO_MANY_REQUESTS", HttpMethod.Post, path, "{}");
        // A visitor who tries many ids is limited as well.
        await visitor.AssertRefusedAsync("429 TOO_MANY_REQUESTS", HttpMethod.Post, "bot/unknown/session/create", "{}");
        await server.PostAsync(path, "{}");
        _time.Advance(TimeSpan.FromSeconds(30));
        await visitor.ReadAsync(HttpMethod.Post, path, "{}");
    }

    [Fact]
    public void Take_ByAddressesOfOneNetwork_CountsThemTogether()
    {
        var rates = New(perMinute: 1);
        rates.Take(IPAddress.Parse("2001:db8:1:2::1"));
        rates.Take(IPAddress.Parse("203.0.113.7"));
        rates.Take(IPAddress.Parse("203.0.113.8"));
        rates.Take(address: null);

        Assert.Throws<ApiException>(() => rates.Take(IPAddress.Parse("2001:db8:1:2:ffff::1")));
        Assert.Throws<ApiException>(() => rates.Take(IPAddress.Parse("::ffff:203.0.113.7")));
        Assert.Throws<ApiException>(() => rates.Take(address: null));
        rates.Take(IPAddress.Parse("2001:db8:1:3::1"));
    }

    [Fact]
    public void Take_ByVeryManyAddresses_KeepsTheMemoryBounded()
    {
        var rates = New(perMinute: 2);
        for (var i = 0; i < VisitorRates.MaxAddresses; i++)
            rates.Take(new IPAddress(i));
        _time.Advance(TimeSpan.FromSeconds(20));
        rates.Take(new IPAddress(1));
        _time.Advance(TimeSpan.FromSeconds(10));

        rates.Take(new IPAddress(long.MaxValue & 0xFFFFFFFF));

        // All but one had their whole rate again.
        Assert.Equal(2, rates.Count);
        for (var i = 0; i < 3 * VisitorRates.MaxAddresses; i++)
            rates.Take(new IPAddress(i));
        Assert.InRange(rates.Count, 1, VisitorRates.MaxAddresses);
    }

    [Fact]
    public void Take_WithoutALimit_NeverRefuses()
    {
        var rates = New(perMinute: 0);
        for (var i = 0; i < 100; i++)
            rates.Take(IPAddress.Loopback);

        Assert.Equal(0, rates.Count);
    }

    private VisitorRates New(int perMinute) => new(new SecurityOptions { DataDirectory = "unused", VisitorSessionsPerMinute = perMinute }, _time);
}
