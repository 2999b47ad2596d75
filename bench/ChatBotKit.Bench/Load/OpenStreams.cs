namespace ChatBotKit.Bench.Load;

/// <summary>Many streamed answers that are open at the same time.</summary>
internal sealed class OpenStreams : IAsyncDisposable
{
    private const int AtOnce = 20;

    private readonly List<OpenAnswer> _open = [];

    public static async Task<OpenStreams> OpenAsync(StreamLoad load, IEnumerable<StreamCall> calls, CancellationToken cancellationToken)
    {
        var streams = new OpenStreams();
        try
        {
            foreach (var group in calls.Chunk(AtOnce))
                streams._open.AddRange(await Task.WhenAll(group.Select(call => load.OpenAsync(call, cancellationToken))));
            return streams;
        }
        catch
        {
            await streams.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads all answers to their end; returns how many were complete and without errors.</summary>
    public async Task<int> EndAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(_open.Select(one => one.EndAsync(cancellationToken)))).Count(isGood => isGood);

    public ValueTask DisposeAsync()
    {
        _open.ForEach(one => one.Dispose());
        return ValueTask.CompletedTask;
    }
}
