namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The active and waiting runs of one conversation. They take turns in the order in which they line up.</summary>
internal sealed class TurnQueue(EngineServices services)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunAbort> _runs = [];
    private Task _last = Task.CompletedTask;

    /// <summary>Whether there are no active or waiting runs.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _runs.Count == 0;
        }
    }

    /// <summary>Adds a run. <see cref="Leave"/> removes it.</summary>
    /// <param name="runId">The id of the run.</param>
    /// <param name="limit">How long it may take; null for the limit of the engine.</param>
    /// <returns>The means to abort the run; null when too many runs are waiting.</returns>
    public RunAbort? Enter(string runId, TimeSpan? limit = null)
    {
        lock (_gate)
        {
            if (_runs.Count > services.Options.MaxWaitingRuns)
                return null;
            var abort = new RunAbort(services.Clock, limit ?? services.Options.RunLimit);
            _runs.Add(runId, abort);
            return abort;
        }
    }

    public void Leave(string runId)
    {
        lock (_gate)
        {
            if (_runs.Remove(runId, out var abort))
                abort.Dispose();
        }
    }

    /// <summary>Adds a turn after all earlier ones.</summary>
    /// <returns>The task to wait for, and the source to complete when the turn has ended.</returns>
    public (Task Before, TaskCompletionSource Ended) LineUp()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            var before = _last;
            _last = ended.Task;
            return (before, ended);
        }
    }

    /// <summary>Aborts an active or waiting run; returns false when there is none with that id.</summary>
    public bool Abort(string runId, string reason)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue(runId, out var abort))
                return false;
            abort.Request(reason);
            return true;
        }
    }

    /// <summary>Aborts all active and waiting runs.</summary>
    public void AbortAll(string reason)
    {
        lock (_gate)
        {
            foreach (var abort in _runs.Values)
                abort.Request(reason);
        }
    }

    /// <summary>Completes when all earlier turns have ended.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
            return _last;
    }
}
