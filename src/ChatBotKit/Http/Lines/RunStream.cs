using System.Runtime.CompilerServices;

namespace ChatBotKit;

/// <summary>
/// The events of a run. When the connection breaks before the last event, and the server keeps a log of the run, the stream
/// is resumed at the event after the last one that was delivered.
/// </summary>
internal sealed class RunStream(Transport transport, ApiRequest request)
{
    private long? _last = request.Options.After;
    private string? _runId = request.Options.RunId;
    private bool _isOver;
    private bool _canResume = true;
    private int _breaks;

    public async IAsyncEnumerable<RunEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = request;
        while (true)
        {
            using var lines = await transport.OpenLinesAsync(next, cancellationToken).ConfigureAwait(false);
            request.RunId = _runId ??= lines.RunId;
            var events = transport.ReadLinesAsync(lines, next, RunEventLines.Instance, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (events.ConfigureAwait(false))
            {
                while (await MoveNextAsync(events).ConfigureAwait(false))
                {
                    if (IsNew(events.Current))
                        yield return events.Current;
                }
            }

            if (_isOver || ResumePath() is not { } path)
                yield break;
            if (_breaks >= MaxBreaks)
                throw Failure.OfCutStream("The stream ended before the run, and again after each time it was resumed.", lines.FailureSource);
            await transport.Retries.DelayAsync(_breaks++, cancellationToken).ConfigureAwait(false);
            next = Continuation(path);
        }
    }

    private int MaxBreaks => request.Options.Retries ?? transport.Options.Retries;

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<RunEvent> events)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (ChatBotKitException failure) when (failure.Code == ClientErrorCodes.ConnectionLost && (_isOver || CanResumeNow()))
        {
            return false;
        }
    }

    private bool CanResumeNow() => ResumePath() is not null && _breaks < MaxBreaks;

    private string? ResumePath() => _canResume && _runId is { } runId ? request.Options.ResumePath?.Invoke(runId) : null;

    private bool IsNew(RunEvent item)
    {
        if (item.Id is { } id)
        {
            if (id <= _last)
                return false;
            _last = id;
            _breaks = 0;
        }
        else
        {
            // A stream cannot be resumed at an event without a number.
            _canResume = false;
        }

        _isOver |= item is ResultEvent;
        return true;
    }

    private ApiRequest Continuation(string path) => transport.CreateRequest(path, new ClientFetchOptions
    {
        Query = new Dictionary<string, object?> { ["after"] = _last },
        Timeout = request.Options.Timeout,
        StreamIdleTimeout = request.Options.StreamIdleTimeout,
        Retries = request.Options.Retries,
        RetryDelay = request.Options.RetryDelay,
    });
}
