using System.Diagnostics;

namespace ChatBotKit.Faults.Imports;

/// <summary>Clients that import and watch until the server fails, or they are stopped.</summary>
internal sealed class ImportLoad : IDisposable
{
    public static readonly TimeSpan Stalled = TimeSpan.FromSeconds(120);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _loads;

    public ImportLoad(ImportWorld world, HttpClient client)
    {
        Rows = UntilFailureAsync(world.ImportRowsAsync(client));
        _loads = [Rows, UntilFailureAsync(world.ImportFilesAsync(client, _stop.Token)), UntilFailureAsync(world.WatchAsync(client, _stop.Token))];
        Ended = Task.WhenAll(_loads);
    }

    /// <summary>Completes when the client that imports rows has met the failure.</summary>
    public Task Rows { get; }

    /// <summary>Completes when all clients have met the failure, or were stopped.</summary>
    public Task Ended { get; }

    /// <summary>Waits until a condition holds, or a client has ended.</summary>
    public async Task WaitUntilAsync(Func<bool> isReached)
    {
        for (var watch = Stopwatch.StartNew(); !isReached() && !Array.Exists(_loads, one => one.IsCompleted) && watch.Elapsed < Stalled;)
            await Task.Delay(1, TestContext.Current.CancellationToken);
    }

    /// <summary>Stops the clients that wait or only read, which no failure of the disk ends.</summary>
    public Task StopAsync()
    {
        _stop.Cancel();
        return Ended.WaitAsync(Stalled, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _stop.Dispose();

    private static async Task UntilFailureAsync(Task load)
    {
        try
        {
            await load;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The server was killed or can't go on, as intended.
        }
    }
}
