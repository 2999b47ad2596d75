using ChatBotKit.Server.Timers;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>
/// Closes every minute the search indexes that were not used for a minute, so that they take no memory, and deletes once an hour the
/// files of datasets that were deleted while the server was not running.
/// </summary>
internal sealed class DatasetIndexService(DatasetIndexes indexes, TimeProvider time, ILogger<DatasetIndexService> logger)
    : PeriodicService(Interval, time, logger)
{
    private const int TicksOfAnHour = 60;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private int _ticks;

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        if (indexes.CloseIdle(Interval) > 0)
            NativeMemory.Trim();
        if (_ticks++ % TicksOfAnHour == 0)
            await indexes.DeleteUnusedAsync(stoppingToken);
    }
}
