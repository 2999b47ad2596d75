using System.Collections.Concurrent;
using System.Threading.Channels;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Datasets.Search;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.Timers;

namespace ChatBotKit.Server.Features.Datasets.Embedding;

/// <summary>
/// Computes the vectors of records that were stored or changed, one dataset after another, and at the start those that are missing from
/// before. The files of vectors belong to this process, so this is not due work. While the model fails, it waits, longer each time.
/// </summary>
internal sealed class EmbeddingService : BackgroundWork, IChangeListener
{
    /// <summary>The pause after the first failure. It doubles up to <see cref="LongestPause"/>.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>How often a dataset is tried before the others have their turn. Its failure may be of its own making.</summary>
    private const int MaxTries = 5;

    private const int DatasetsAtOnce = 100;

    private readonly DatasetEmbedding _embedding;
    private readonly IStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<EmbeddingService> _logger;
    private readonly ConcurrentDictionary<string, bool> _changed = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private int _failures;

    public EmbeddingService(
        DatasetEmbedding embedding, DatasetIndexes indexes, IStore store, ChangeFeed changes, TimeProvider time, ILogger<EmbeddingService> logger)
    {
        (_embedding, _store, _time, _logger) = (embedding, store, time, logger);
        if (!embedding.IsPossible)
            return;
        changes.Listen(this);
        indexes.VectorsLost = Add;
    }

    public void OnChanged(in Change change)
    {
        if (change.Kind == ChangedKinds.Record)
            Add(change.Id);
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        if (!_embedding.IsPossible)
            return;
        // The start of the server does not wait for any of it.
        await Task.Yield();
        try
        {
            await EmbedAllAsync(stoppingToken);
            while (true)
            {
                await _wake.Reader.ReadAsync(stoppingToken);
                await EmbedChangedAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops. The host would report a failure if the server was disposed without being stopped.
        }
    }

    private void Add(string datasetId)
    {
        if (_changed.TryAdd(datasetId, true))
            _wake.Writer.TryWrite(true);
    }

    private async Task EmbedAllAsync(CancellationToken stoppingToken)
    {
        for (var after = ""; ;)
        {
            var from = after;
            List<string>? datasets = null;
            while (datasets is null)
            {
                await TryAsync(
                    async () => datasets = await _store.QueryAsync(db => db.ListDatasetsWithRecordsAsync(from, DatasetsAtOnce), stoppingToken),
                    stoppingToken);
            }

            foreach (var dataset in datasets)
                _changed.TryAdd(dataset, true);
            await EmbedChangedAsync(stoppingToken);
            if (datasets.Count < DatasetsAtOnce)
                return;
            after = datasets[^1];
        }
    }

    /// <summary>Computes until nothing is left but datasets that failed, which come again after all others.</summary>
    private async Task EmbedChangedAsync(CancellationToken stoppingToken)
    {
        var failed = new List<string>();
        while (_changed.Keys.FirstOrDefault() is { } dataset)
        {
            // Removed first, so that a change meanwhile is not missed.
            _changed.TryRemove(dataset, out _);
            if (!await TryAsync(() => _embedding.RunAsync(dataset, stoppingToken), stoppingToken))
                failed.Add(dataset);
        }

        failed.ForEach(Add);
    }

    /// <summary>Does something until it succeeds, with pauses, but not too often.</summary>
    private async Task<bool> TryAsync(Func<Task> work, CancellationToken stoppingToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            try
            {
                await work();
                _failures = 0;
                return true;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                var pause = PauseAfter(exception);
                Log(exception, pause);
                await Task.Delay(pause, _time, stoppingToken);
            }
        }

        return false;
    }

    private TimeSpan PauseAfter(Exception exception)
    {
        var pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(_failures++, 20), LongestPause.Ticks));
        var asked = (exception as EmbeddingException)?.RetryAfter ?? TimeSpan.Zero;
        return asked > pause ? TimeSpan.FromTicks(Math.Min(asked.Ticks, LongestPause.Ticks)) : pause;
    }

    private void Log(Exception exception, TimeSpan pause)
    {
        const string Message = "The vectors of a dataset could not be computed: {Reason}. Its records are found by words meanwhile; the next try is in {Pause}";
        if (exception is EmbeddingException || HeldIndex.IsOfFile(exception) || exception is StoreUnavailableException or ObjectDisposedException)
            _logger.LogWarning(Message, exception.Message, pause);
        else
            _logger.LogError(exception, Message, exception.GetType().Name, pause);
    }
}
