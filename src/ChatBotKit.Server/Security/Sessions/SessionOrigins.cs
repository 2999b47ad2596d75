using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using Microsoft.Extensions.Primitives;

namespace ChatBotKit.Server.Security;

/// <summary>From which web pages a session may be used. Who sends no origin is no web page, and is let through.</summary>
internal sealed class SessionOrigins : IChangeListener
{
    /// <summary>No id is longer. A preflight comes from anybody, and what is in its path is kept as a key.</summary>
    private const int MaxIdLength = 64;

    private readonly ReadThroughCache<string, ConversationOrigins> _conversations = new(capacity: 10_000);
    private readonly IStore _store;
    private readonly SecurityOptions _options;
    private readonly TimeProvider _time;

    public SessionOrigins(IStore store, SecurityOptions options, ChangeFeed changes, TimeProvider time)
    {
        (_store, _options, _time) = (store, options, time);
        changes.Listen(this);
    }

    /// <summary>Of how many conversations the origins are kept.</summary>
    public int Count => _conversations.Count;

    /// <exception cref="ApiException">403: the page's origin is not one of the session's, or not one of the server's.</exception>
    public void Require(HttpContext context, Session session)
    {
        var origin = context.Request.Headers.Origin;
        if (origin.Count == 0 || (session.Origins is null && _options.AllowedOrigins is null))
            return;
        var isAllowed = IsAllowed(origin, session);
        context.Features.Set(new PageOrigin(origin, isAllowed));
        if (!isAllowed)
            throw new ApiException(ErrorCode.OriginNotAllowed, "The session may not be used from this web origin");
    }

    /// <summary>
    /// The origins that some session of the conversation is open to; null when any page may ask, because a session is bound
    /// to none or because there is no session.
    /// </summary>
    public async ValueTask<IReadOnlyList<string>?> OfConversationAsync(string conversationId, CancellationToken cancellationToken)
    {
        if (conversationId.Length > MaxIdLength)
            return null;
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var origins = await _conversations.GetAsync(conversationId, (_store, now), LoadAsync, cancellationToken);
        return origins!.At(now);
    }

    /// <summary>A session that comes, changes or ends may change from where its conversation can be called.</summary>
    public void OnChanged(in Change change)
    {
        if (change is { Kind: ChangedKinds.Session, ConversationId: { } conversationId })
            _conversations.Invalidate(conversationId);
        else if (change is { Kind: ChangedKinds.Conversation, What: ChangeKind.Deleted })
            _conversations.Invalidate(change.Id);
    }

    private bool IsAllowed(StringValues origin, Session session) =>
        origin is [{ } page]
        && _options.AllowedOrigins?.Contains(page, StringComparer.Ordinal) != false
        && session.Origins?.Contains(page, StringComparer.Ordinal) != false;

    private static string[] Parse(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];

    private static async ValueTask<ConversationOrigins?> LoadAsync(
        string conversationId, (IStore Store, long Now) state, CancellationToken cancellationToken)
    {
        var bindings = await state.Store.QueryAsync(db => db.ListSessionOriginsAsync(conversationId, state.Now), cancellationToken);
        var conversation = new ConversationOrigins();
        foreach (var (origins, until) in bindings)
            conversation.Add(origins is null ? null : Parse(origins), until);
        return conversation;
    }

    /// <summary>What the sessions of a conversation are bound to, and until when each binding matters.</summary>
    private sealed class ConversationOrigins
    {
        private readonly Dictionary<string, long> _until = new(StringComparer.Ordinal);
        private long _anyUntil;

        public void Add(string[]? origins, long until)
        {
            if (origins is null)
                _anyUntil = Math.Max(_anyUntil, until);
            foreach (var origin in origins ?? [])
                _until[origin] = Math.Max(_until.GetValueOrDefault(origin), until);
        }

        public List<string>? At(long now)
        {
            if (_anyUntil > now)
                return null;
            var bound = _until.Where(origin => origin.Value > now).Select(origin => origin.Key).ToList();
            return bound.Count > 0 ? bound : null;
        }
    }
}

/// <summary>The web page that a request with a session token comes from, and whether the session may be used there.</summary>
internal sealed record PageOrigin(StringValues Origin, bool IsAllowed);
