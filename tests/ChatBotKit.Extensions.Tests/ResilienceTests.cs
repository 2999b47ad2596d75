using ChatBotKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Time.Testing;
using Polly;

namespace ChatBotKit.Extensions.Tests;

/// <summary>The resilience handler that most hosts use, with streams that last longer than its limits.</summary>
public sealed class ResilienceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_LongerThanTheTimeouts_IsNotCut()
    {
        var time = new FakeTimeProvider();
        ReadOnlyMemory<byte>[] lines = ["{\"id\":1,\"type\":\"token\",\"data\":{\"token\":\"Hel\"}}\n"u8.ToArray(), "{\"id\":2,\"type\":\"token\",\"data\":{\"token\":\"lo\"}}\n"u8.ToArray()];
        var watch = new WatchingHandler(new ScriptedHandler().Stream(new ScriptedStream(lines)));
        await using var services = Services(time, watch);
        var said = new List<string>();

        await foreach (var happened in services.GetRequiredService<ConversationClient>().CompleteAsync(
            "c1", new ConversationCompleteMessageRequest { Text = "Hi" }, Token))
        {
            said.Add(Assert.IsType<TokenEvent>(happened).Token);
            // An hour between two tokens: far more than the total timeout of 30 seconds.
            time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(["Hel", "lo"], said);
        Assert.False(Assert.Single(watch.Tokens).IsCancellationRequested);
    }

    [Fact]
    public async Task Headers_ThatDoNotCome_EndTheTry()
    {
        var time = new FakeTimeProvider();
        var watch = new WatchingHandler(new ScriptedHandler().Hang());
        await using var services = Services(time, watch);

        var call = services.GetRequiredService<ConversationClient>().FetchAsync("c1", Token);
        await watch.Arrived.WaitAsync(Token);
        time.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAnyAsync<Exception>(() => call);
        Assert.True(watch.Tokens[0].IsCancellationRequested);
    }

    private static ServiceProvider Services(TimeProvider time, HttpMessageHandler handler)
    {
        var services = new ServiceCollection();
        var http = services.AddChatBotKit(options =>
        {
            options.Secret = "sk-resilient";
            options.Retries = 0;
        });
        http.AddResilienceHandler("limits", pipeline =>
        {
            pipeline.TimeProvider = time;
            // The strategies of AddStandardResilienceHandler that measure time, with a fake clock.
            var standard = new HttpStandardResilienceOptions();
            pipeline.AddTimeout(standard.TotalRequestTimeout).AddTimeout(standard.AttemptTimeout);
        });
        http.AddStandardResilienceHandler();
        http.ConfigurePrimaryHttpMessageHandler(() => handler);
        return services.BuildServiceProvider();
    }
}
