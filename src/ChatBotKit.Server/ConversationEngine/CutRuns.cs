using System.Collections.Concurrent;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Runs that are over, but whose end the store did not take. Only runs that were stored are here, and while the store fails
/// no new one is: there are never more than went on at the moment when it began to fail.
/// </summary>
internal sealed class CutRuns
{
    private readonly ConcurrentDictionary<string, RunEntity> _runs = new(StringComparer.Ordinal);

    public int Count => _runs.Count;

    public IReadOnlyList<RunEntity> All => _runs.IsEmpty ? [] : [.. _runs.Values];

    public IEnumerable<RunEntity> Of(string conversationId) =>
        _runs.IsEmpty ? [] : All.Where(run => run.ConversationId == conversationId);

    public void Add(RunEntity run) => _runs.TryAdd(run.Id, run);

    /// <summary>Whether the run is now the caller's to end; false when somebody else has it.</summary>
    public bool TryTake(RunEntity run) => _runs.TryRemove(run.Id, out _);
}
