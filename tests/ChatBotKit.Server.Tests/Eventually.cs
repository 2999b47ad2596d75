using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests;

/// <summary>Waits for work that the server does in the background, for as long as a busy machine may need.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task IsAsync(Func<Task<bool>> isReached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(EngineServer.Patience);
        while (!await isReached())
            await Task.Delay(Pause, limit.Token);
    }
}
