using System.Collections.Concurrent;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>
/// The use of the limits of all active sessions. It is loaded from the row at a session's first request. From then on it is counted
/// in memory, so that concurrent requests can't exceed a limit together. It is dropped after the session has ended.
/// </summary>
internal sealed class SessionBudgets(IStore store, SecurityOptions options, TimeProvider time)
{
    private const long SweepMilliseconds = 60_000;

    private readonly ConcurrentDictionary<string, SessionBudget> _budgets = new(StringComparer.Ordinal);
    private long _sweptAt;

    /// <summary>The number of sessions whose use is counted in memory.</summary>
    public int Count => _budgets.Count;

    /// <summary>Counts a request, and loads the session's budget for the handler of the request.</summary>
    /// <exception cref="ApiException">429: too many requests within a minute.</exception>
    public async ValueTask CountRequestAsync(SessionRow session, CancellationToken cancellationToken)
    {
        if (!_budgets.TryGetValue(session.Id, out var budget))
            budget = await AddAsync(session, cancellationToken);
        budget.CountRequest(session.ExpiresAt);
    }

    /// <summary>Returns the budget of a session that has made a request; null without a session.</summary>
    public SessionBudget? Find(string? sessionId) =>
        sessionId is not null && _budgets.TryGetValue(sessionId, out var budget) ? budget : null;

    private async ValueTask<SessionBudget> AddAsync(SessionRow session, CancellationToken cancellationToken)
    {
        Sweep();
        // Read again, because the given row may be a cached one with outdated counts.
        var row = await store.FindSessionAsync(session.Id, cancellationToken) ?? session;
        var limits = SessionDefaults.Fill(Session.LimitsOf(row), options.SessionLimits);
        return _budgets.GetOrAdd(session.Id, new SessionBudget(limits, row, time));
    }

    /// <summary>Drops sessions that ended a while ago and have no work in progress.</summary>
    private void Sweep()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var last = Interlocked.Read(ref _sweptAt);
        if (now - last < SweepMilliseconds || Interlocked.CompareExchange(ref _sweptAt, now, last) != last)
            return;
        foreach (var (id, budget) in _budgets)
        {
            if (budget.EndsAt < now - SweepMilliseconds && !budget.IsInUse)
                _budgets.TryRemove(id, out _);
        }
    }
}
