using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Timers;

namespace ChatBotKit.Server.DueWork;

/// <summary>
/// Takes the items that are due and runs their handlers. The service sleeps until the earliest item is due; a stored item wakes the
/// service.
/// </summary>
internal sealed class DueWorkService : BackgroundWork, IChangeListener
{
    private readonly IStore _store;
    private readonly DueWorkHandlers _handlers;
    private readonly DueWorkRunner _runner;
    private readonly DueWorkStart _start;
    private readonly INodes _nodes;
    private readonly TimeProvider _time;
    private readonly ILogger<DueWorkService> _logger;
    private readonly DueWorkWake _wake;
    private readonly DueWorkLane[] _lanes;
    private long? _lastTurn;
    private bool _isFailing;

    public DueWorkService(
        IStore store, DueWorkHandlers handlers, DueWorkRunner runner, DueWorkStart start, INodes nodes, ChangeFeed changes, TimeProvider time,
        ILogger<DueWorkService> logger)
    {
        (_store, _handlers, _runner, _start, _nodes, _time, _logger) = (store, handlers, runner, start, nodes, time, logger);
        _wake = new DueWorkWake(time);
        _lanes = [.. handlers.All.Select(handler => new DueWorkLane(handler))];
        changes.Listen(this);
    }

    public void OnChanged(in Change change)
    {
        if (change.Kind != ChangedKinds.DueWork)
            return;
        foreach (var lane in _lanes)
        {
            if (lane.Handler.Kind == change.Id)
                lane.Forget();
        }

        _wake.Set();
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var canGoOn = await TryTurnAsync(stoppingToken);
                await _wake.WaitAsync(canGoOn ? _lanes.Select(lane => lane.WakeAt).DefaultIfEmpty(long.MaxValue).Min() : long.MaxValue, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }

        while (Array.Exists(_lanes, lane => lane.IsRunning))
            await _wake.WaitAsync(long.MaxValue, CancellationToken.None);
    }

    private async Task<bool> TryTurnAsync(CancellationToken stoppingToken)
    {
        try
        {
            var now = Now();
            if (_lastTurn is not { } last || now < last - (long)DueWorkWake.Longest.TotalMilliseconds)
                await PrepareAsync(stoppingToken);
            _lastTurn = now;
            foreach (var lane in _lanes)
                await FillAsync(lane, stoppingToken);
            _isFailing = false;
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Only the first of consecutive failures is logged: a disk may be full for an hour.
            if (!_isFailing)
                _logger.LogWarning(exception, "Work that is due can't be taken; it is tried again every {Time} until it can.", DueWorkWake.Longest);
            _isFailing = true;
            ForgetTimes();
            return false;
        }
    }

    private async Task PrepareAsync(CancellationToken stoppingToken)
    {
        await _start.PrepareAsync(_handlers, stoppingToken);
        ForgetTimes();
    }

    private void ForgetTimes()
    {
        foreach (var lane in _lanes)
            lane.Forget();
    }

    private async Task FillAsync(DueWorkLane lane, CancellationToken stoppingToken)
    {
        var (free, kind) = (lane.Free, lane.Handler.Kind);
        if (free == 0)
            return;
        if (lane.TakeUnknown())
            lane.Next = await _store.QueryAsync(db => db.FindNextDueWorkAsync(kind), stoppingToken) ?? long.MaxValue;
        var now = Now();
        if (lane.Next > now)
            return;
        var until = now + (long)DueWorkTimes.Lease.TotalMilliseconds;
        var (taken, next) = await _store.ChangeAsync(
            async db => (await db.TakeDueWorkAsync(kind, now, until, _nodes.Id, free), await db.FindNextDueWorkAsync(kind)),
            stoppingToken);
        lane.Next = next ?? long.MaxValue;
        foreach (var row in taken)
            Begin(lane, row, stoppingToken);
    }

    private void Begin(DueWorkLane lane, DueWorkRow row, CancellationToken stoppingToken)
    {
        lane.Begin();
        _ = Task.Run(
            async () =>
            {
                await _runner.RunAsync(lane.Handler, row, stoppingToken);
                lane.End();
                _wake.Set();
            },
            CancellationToken.None);
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
