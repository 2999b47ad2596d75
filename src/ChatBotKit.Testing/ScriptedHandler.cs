namespace ChatBotKit.Testing;

/// <summary>
/// Gives scripted answers in their order, one for each request, and keeps the requests: for tests that compare what was
/// sent, to the letter. A request too many is an error.
/// </summary>
public sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly Queue<Func<SentRequest, CancellationToken, Task<HttpResponseMessage>>> _script = new();
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

    /// <summary>Answers the next request.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The same handler.</returns>
    public ScriptedHandler Answer(ScriptedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Then((request, _) => Task.FromResult(answer.ToResponse(request)));
    }

    /// <summary>Answers the next request with a text.</summary>
    /// <param name="body">The body, which is sent unchanged.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="type">The media type of the body.</param>
    /// <param name="headers">Additional headers.</param>
    /// <returns>The same handler.</returns>
    public ScriptedHandler Answer(string body, int status = 200, string type = "application/json", params (string Name, string Value)[] headers) =>
        Answer(ScriptedAnswer.OfText(body, type) with { Status = status, Headers = headers });

    /// <summary>Answers the next request with lines of JSON.</summary>
    /// <param name="lines">The lines, which are sent unchanged.</param>
    /// <param name="headers">Additional headers.</param>
    /// <returns>The same handler.</returns>
    public ScriptedHandler Lines(string lines, params (string Name, string Value)[] headers) =>
        Answer(lines, 200, ScriptedAnswer.LinesType, headers);

    /// <summary>Answers the next request with a streamed body; see <see cref="ScriptedStream"/>.</summary>
    /// <param name="body">The body.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="type">The media type of the body.</param>
    /// <param name="headers">Additional headers.</param>
    /// <returns>The same handler.</returns>
    public ScriptedHandler Stream(
        Stream body, int status = 200, string type = ScriptedAnswer.LinesType, params (string Name, string Value)[] headers) =>
        Answer(ScriptedAnswer.OfStream(body, type) with { Status = status, Headers = headers });

    /// <summary>Fails the next request with an exception, for example a <see cref="HttpRequestException"/>.</summary>
    /// <param name="exception">The exception that the read throws.</param>
    /// <returns>The same handler.</returns>
    public ScriptedHandler Fail(Exception exception) => Then((_, _) => Task.FromException<HttpResponseMessage>(exception));

    /// <summary>Leaves the next request without an answer until its sender gives up.</summary>
    /// <returns>The same handler.</returns>
    public ScriptedHandler Hang() => Then(async (_, token) =>
    {
        await Task.Delay(Timeout.Infinite, token).ConfigureAwait(false);
        throw new InvalidOperationException("An infinite wait has ended.");
    });

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = await SentRequest.OfAsync(request, cancellationToken).ConfigureAwait(false);
        Func<SentRequest, CancellationToken, Task<HttpResponseMessage>>? answer;
        lock (_gate)
        {
            _requests.Add(sent);
            _script.TryDequeue(out answer);
        }
        return answer is not null
            ? await answer(sent, cancellationToken).ConfigureAwait(false)
            : throw new InvalidOperationException($"Unexpected request {sent.Verbatim}");
    }

    private ScriptedHandler Then(Func<SentRequest, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        lock (_gate)
            _script.Enqueue(answer);
        return this;
    }
}
