using System.Collections.Concurrent;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>
/// What the sessions have left of their limits. It is read from the row when a session is first seen, counted here from then on
/// so that requests at the same time never go past a limit together, and forgotten when the session has ended.
/// </summary>
internal sealed class SessionBudgets(IStore store, SecurityOptions options, TimeProvider time)
{
    private const long SweepMilliseconds = 60_000;

    private readonly ConcurrentDictionary<string, SessionBudget> _budgets = new(StringComparer.Ordinal);
    private long _sweptAt;

    /// <summary>Of how many sessions the use is counted here.</summary>
    public int Count => _budgets.Count;

    /// <summary>Counts a request, and makes the session's budget known to whatever the request does.</summary>
    /// <exception cref="ApiException">429: too many requests within a minute.</exception>
    public async ValueTask CountRequestAsync(SessionRow session, CancellationToken cancellationToken)
    {
        if (!_budgets.TryGetValue(session.Id, out var budget))
            budget = await AddAsync(session, cancellationToken);
        budget.CountRequest(session.ExpiresAt);
    }

    /// <summary>The budget of a session that has made a request; null for no session.</summary>
    public SessionBudget? Find(string? sessionId) =>
        sessionId is not null && _budgets.TryGetValue(sessionId, out var budget) ? budget : null;

    private async ValueTask<SessionBudget> AddAsync(SessionRow session, CancellationToken cancellationToken)
    {
        Sweep();
        // The row at hand may have lain in a cache while the session was used.
        var row = await store.FindSessionAsync(session.Id, cancellationToken) ?? session;
        var limits = SessionDefaults.Fill(Session.LimitsOf(row), options.SessionLimits);
        return _budgets.GetOrAdd(session.Id, new SessionBudget(limits, row, time));
    }

    /// <summary>Lets go of sessions that ended a while ago and of which nothing is under way any more.</summary>
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
