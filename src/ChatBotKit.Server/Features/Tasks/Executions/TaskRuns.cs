using System.Collections.Concurrent;
using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Features.Tasks.Executions;

/// <summary>
/// The executions that this process works on, at most <see cref="TaskRunWork.Most"/>. A cancellation ends their work at once. Without it
/// the work would end when its lease can't be renewed.
/// </summary>
internal sealed class TaskRuns : IChangeListener
{
    private readonly ConcurrentDictionary<string, Entry> _runs = new(StringComparer.Ordinal);

    public TaskRuns(ChangeFeed changes) => changes.Listen(this, ListenerStage.Work);

    /// <summary>Adds an execution until it is disposed of.</summary>
    /// <param name="executionId">The execution.</param>
    /// <param name="cancellationToken">A token that cancels its work too.</param>
    public Entry Begin(string executionId, CancellationToken cancellationToken)
    {
        var entry = new Entry(this, executionId, cancellationToken);
        _runs[executionId] = entry;
        return entry;
    }

    public void Cancel(string executionId)
    {
        if (_runs.TryGetValue(executionId, out var entry))
            entry.Cancel();
    }

    /// <summary>Cancels the executions of a deleted task.</summary>
    public void OnChanged(in Change change)
    {
        if (change is not { Kind: TaskKind.Name, What: ChangeKind.Deleted })
            return;
        foreach (var entry in _runs.Values)
        {
            if (entry.TaskId == change.Id)
                entry.Cancel();
        }
    }

    internal sealed class Entry : IDisposable
    {
        private readonly TaskRuns _runs;
        private readonly string _executionId;
        private readonly CancellationTokenSource _cancelled;

        public Entry(TaskRuns runs, string executionId, CancellationToken cancellationToken)
        {
            (_runs, _executionId) = (runs, executionId);
            _cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        }

        /// <summary>The task; null until it is known.</summary>
        public string? TaskId { get; set; }

        public CancellationToken Token => _cancelled.Token;

        /// <summary>Cancels the work, on another thread, because cancellation runs callbacks and the caller may be a writer.</summary>
        public void Cancel() => _ = Task.Run(() =>
        {
            try
            {
                _cancelled.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The work has ended meanwhile.
            }
        });

        public void Dispose()
        {
            _runs._runs.TryRemove(new(_executionId, this));
            _cancelled.Dispose();
        }
    }
}
