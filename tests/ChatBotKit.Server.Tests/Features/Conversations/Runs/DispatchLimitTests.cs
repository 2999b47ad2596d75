using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Features;

public sealed class DispatchLimitTests
{
    private const int Limit = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispatch_MoreThanMayGoOn_IsRefusedUntilOneHasEnded()
    {
        await using var server = await EngineServer.StartAsync(
            services: services => services.AddSingleton(new EngineOptions { MaxDispatchedRuns = Limit }));
        var gate = new TaskCompletionSource();
        server.Model.Otherwise(_ => new ModelScript().WaitFor(gate.Task).Text("Done."));
        for (var i = 0; i < Limit; i++)
        {
            using var taken = await DispatchAsync(server);
            await taken.AssertOkAsync();
        }

        using (var refused = await DispatchAsync(server))
        {
            await refused.AssertRefusedAsync("429 TOO_MANY_REQUESTS");
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        gate.SetResult();
        await server.Server.App.Services.GetRequiredService<StatelessRuns>().ShutDownAsync().WaitAsync(EngineServer.Patience, Token);
        // The limit is reached again with the same number: a refused run does not count, and an ended one no longer counts.
        for (var i = 0; i < Limit; i++)
        {
            using var again = await DispatchAsync(server);
            await again.AssertOkAsync();
        }
    }

    private static Task<HttpResponseMessage> DispatchAsync(EngineServer server) =>
        server.Http.SendAsync(HttpMethod.Post, "/v1/conversation/dispatch", new { messages = new[] { new { type = "user", text = "Hello" } } });
}
