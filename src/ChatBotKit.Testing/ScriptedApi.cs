namespace ChatBotKit.Testing;

/// <summary>
/// A fake of the API for tests. It answers requests by verb and path, in any order, and records them. A request without a
/// scripted answer throws <see cref="InvalidOperationException"/>, whose message lists the scripted routes.
/// </summary>
public sealed class ScriptedApi : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<ScriptedRoute> _routes = [];
    private readonly List<SentRequest> _requests = [];

    /// <summary>Gets the requests that were sent so far, in order.</summary>
    public IReadOnlyList<SentRequest> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>Answers a route with a record of the API, every time.</summary>
    /// <param name="route">The verb and the path. A part in braces matches any text: <c>GET /api/v1/conversation/{id}/fetch</c>.</param>
    /// <param name="record">The record, for example an <see cref="IdResponse"/>.</param>
    /// <returns>The same API.</returns>
    public ScriptedApi On(string route, object record) => On(route, ScriptedAnswer.Of(record));

    /// <summary>Answers the requests of a route with the answers in order. The last answer is repeated.</summary>
    /// <param name="route">The verb and the path. A part in braces matches any text.</param>
    /// <param name="answers">The answers, at least one.</param>
    /// <returns>The same API.</returns>
    public ScriptedApi On(string route, params IReadOnlyList<ScriptedAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfZero(answers.Count);
        var given = -1;
        return On(route, _ => answers[Math.Min(Interlocked.Increment(ref given), answers.Count - 1)]);
    }

    /// <summary>Answers a route with a function of the request.</summary>
    /// <param name="route">The verb and the path. A part in braces matches any text.</param>
    /// <param name="answer">Creates the answer. It may be called by several threads at once.</param>
    /// <returns>The same API.</returns>
    /// <exception cref="ArgumentException">The route has no verb or no path.</exception>
    public ScriptedApi On(string route, Func<SentRequest, ScriptedAnswer> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var added = new ScriptedRoute(route, answer);
        lock (_gate)
            _routes.Insert(0, added);
        return this;
    }

    /// <summary>Returns the requests of a route.</summary>
    /// <param name="route">The verb and the path. A part in braces matches any text.</param>
    /// <returns>The requests, in the order in which they were sent.</returns>
    public IReadOnlyList<SentRequest> RequestsOf(string route)
    {
        var wanted = new ScriptedRoute(route, _ => throw new InvalidOperationException());
        return [.. Requests.Where(wanted.Matches)];
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = await SentRequest.OfAsync(request, cancellationToken).ConfigureAwait(false);
        ScriptedRoute? route;
        lock (_gate)
        {
            _requests.Add(sent);
            route = _routes.Find(one => one.Matches(sent));
        }
        return (route ?? throw Unknown(sent)).Answer(sent).ToResponse(sent);
    }

    private InvalidOperationException Unknown(SentRequest sent)
    {
        lock (_gate)
        {
            var known = _routes.Count == 0 ? "none" : string.Join(", ", _routes.Select(route => route.Name).Order(StringComparer.Ordinal));
            return new InvalidOperationException($"No answer is scripted for {sent.Method} {sent.Url.AbsolutePath}. Scripted: {known}.");
        }
    }
}
