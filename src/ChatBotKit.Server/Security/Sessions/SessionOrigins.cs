using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using Microsoft.Extensions.Primitives;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Checks the web origin of requests with a session token. A request without an origin does not come from a web page, and is
/// allowed.
/// </summary>
internal sealed class SessionOrigins : IChangeListener
{
    /// <summary>
    /// The maximum length of an id. A preflight request needs no credential, and the id in its path becomes a key of the cache.
    /// </summary>
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

    /// <summary>The number of conversations whose origins are cached.</summary>
    public int Count => _conversations.Count;

    /// <exception cref="ApiException">403: the origin is not allowed by the session or by the server.</exception>
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

    /// <summary>Checks the web origin of a visitor, who has no session yet.</summary>
    /// <exception cref="ApiException">403: the origin is not allowed by the server.</exception>
    public void RequireOfVisitor(HttpContext context)
    {
        var origin = context.Request.Headers.Origin;
        if (origin.Count > 0 && _options.AllowedOrigins is { } allowed && !(origin is [{ } page] && allowed.Contains(page, StringComparer.Ordinal)))
            throw new ApiException(ErrorCode.OriginNotAllowed, "Sessions may not be created from this web origin");
    }

    /// <summary>
    /// Returns the origins that the active sessions of the conversation allow. Null means any origin: a session is bound to none,
    /// or there is no active session.
    /// </summary>
    public async ValueTask<IReadOnlyList<string>?> OfConversationAsync(string conversationId, CancellationToken cancellationToken)
    {
        if (conversationId.Length > MaxIdLength)
            return null;
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var origins = await _conversations.GetAsync(conversationId, (_store, now), LoadAsync, cancellationToken);
        return origins!.At(now);
    }

    /// <summary>Drops the cached origins of a conversation when one of its sessions is created, changes or ends.</summary>
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

    /// <summary>The origins that the sessions of a conversation are bound to, each with the time until which it is allowed.</summary>
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

/// <summary>The origin of a request with a session token, and whether the session allows it.</summary>
internal sealed record PageOrigin(StringValues Origin, bool IsAllowed);
