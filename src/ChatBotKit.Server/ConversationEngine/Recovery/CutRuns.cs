using System.Collections.Concurrent;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Runs that are over, but whose end the store did not take. Of those that were stored there are never more than went on at the
/// moment when it began to fail; those of which nobody knows whether they were, because their first write failed, are bounded.
/// </summary>
internal sealed class CutRuns
{
    private const int MaxUncertain = 1_000;

    private readonly ConcurrentDictionary<string, RunRow> _runs = new(StringComparer.Ordinal);

    public int Count => _runs.Count;

    public IReadOnlyList<RunRow> All => _runs.IsEmpty ? [] : [.. _runs.Values];

    public IEnumerable<RunRow> Of(string conversationId) =>
        _runs.IsEmpty ? [] : All.Where(run => run.ConversationId == conversationId);

    /// <param name="run">The run.</param>
    /// <param name="isStored">Whether the store has it for sure. One too many that it may not have is ended at the next start.</param>
    public void Add(RunRow run, bool isStored)
    {
        if (isStored || _runs.Count < MaxUncertain)
            _runs.TryAdd(run.Id, run);
    }

    /// <summary>Whether the run is now the caller's to end; false when somebody else has it.</summary>
    public bool TryTake(RunRow run) => _runs.TryRemove(run.Id, out _);
}
