namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The runs of one conversation that are going on or waiting. They take turns in the order in which they line up.</summary>
internal sealed class TurnQueue(EngineServices services)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunAbort> _runs = [];
    private Task _last = Task.CompletedTask;

    /// <summary>Whether no run is going on or waiting.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _runs.Count == 0;
        }
    }

    /// <summary>Takes a run in; <see cref="Leave"/> lets it go.</summary>
    /// <returns>Ends the run before its time; null when too many are waiting already.</returns>
    public RunAbort? Enter(string runId)
    {
        lock (_gate)
        {
            if (_runs.Count > services.Options.MaxWaitingRuns)
                return null;
            var abort = new RunAbort(services.Clock, services.Options.RunLimit);
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

    /// <summary>Gives whoever comes next the turn after all that were given before.</summary>
    /// <returns>What to wait for, and what to complete when the turn is over.</returns>
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

    /// <summary>Ends a run that is going on or waiting; false when there is none of that id.</summary>
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

    /// <summary>Ends everything that is going on.</summary>
    public void AbortAll(string reason)
    {
        lock (_gate)
        {
            foreach (var abort in _runs.Values)
                abort.Request(reason);
        }
    }

    /// <summary>Completes when the turns that were given have ended.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
            return _last;
    }
}
