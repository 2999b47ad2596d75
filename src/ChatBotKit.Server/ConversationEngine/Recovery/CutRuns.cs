using System.Collections.Concurrent;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Runs that have ended in memory, but whose end could not be stored. The number of stored runs among them is at most the number of
/// runs that were active when the store began to fail. The number of runs whose first write failed, so that it is unknown whether
/// they are stored, is limited.
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
    /// <param name="isStored">
    /// Whether the run is known to be stored. Beyond the limit, one that may not be stored is left to the next start.
    /// </param>
    public void Add(RunRow run, bool isStored)
    {
        if (isStored || _runs.Count < MaxUncertain)
            _runs.TryAdd(run.Id, run);
    }

    /// <summary>Removes the run, so that the caller may end it; returns false when another caller has removed it.</summary>
    public bool TryTake(RunRow run) => _runs.TryRemove(run.Id, out _);
}
