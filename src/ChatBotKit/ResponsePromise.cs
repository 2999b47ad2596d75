using System.Runtime.CompilerServices;

namespace ChatBotKit;

/// <summary>
/// A call that has not been sent yet. <c>await</c> sends it and returns the whole answer. <c>await foreach</c> sends it and
/// returns the parts as they arrive. Nothing is sent until one of the two is used.
/// </summary>
/// <typeparam name="T">The type of the whole answer.</typeparam>
/// <typeparam name="U">The type of a part of the streamed answer.</typeparam>
public sealed class ResponsePromise<T, U> : IAsyncEnumerable<U>
{
    private readonly Func<CancellationToken, Task<T>> _fetch;
    private readonly Func<CancellationToken, IAsyncEnumerable<U>> _stream;
    private readonly Func<string?>? _runId;
    private readonly Lock _gate = new();
    private Task<T>? _answer;
    private int _enumerated;

    internal ResponsePromise(
        Func<CancellationToken, Task<T>> fetch, Func<CancellationToken, IAsyncEnumerable<U>> stream, Func<string?>? runId = null)
    {
        _fetch = fetch;
        _stream = stream;
        _runId = runId;
    }

    /// <summary>
    /// Gets the id of the run that the call has started, with which the run can be followed and aborted. It is null until
    /// the first event or the answer has arrived, and when the server keeps no log of the run.
    /// </summary>
    public string? RunId => _runId?.Invoke();

    /// <summary>Sends the call and waits for the whole answer. Awaiting again returns the same answer without another call.</summary>
    /// <returns>An awaiter for the whole answer.</returns>
    public TaskAwaiter<T> GetAwaiter() => AsTask().GetAwaiter();

    /// <summary>Configures an awaiter for the whole answer; awaiting it sends the call.</summary>
    /// <param name="continueOnCapturedContext">Whether the continuation runs on the captured context.</param>
    /// <returns>An awaiter for the whole answer.</returns>
    public ConfiguredTaskAwaitable<T> ConfigureAwait(bool continueOnCapturedContext) =>
        AsTask().ConfigureAwait(continueOnCapturedContext);

    /// <summary>
    /// Sends the call and returns the whole answer as a task. Later uses return the same answer; their tokens cancel only
    /// their own wait.
    /// </summary>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChatBotKitException">The call failed. The codes are those of the operation that created the call.</exception>
    public Task<T> AsTask(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_answer is { } answer)
                return answer.WaitAsync(cancellationToken);
            return _answer = _fetch(cancellationToken);
        }
    }

    /// <summary>Sends the call and returns the parts of the answer as they arrive. A call can be enumerated once.</summary>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The parts.</returns>
    /// <exception cref="InvalidOperationException">The call was enumerated before. A second request could run a model twice.</exception>
    public IAsyncEnumerator<U> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _enumerated, 1) == 0
            ? _stream(cancellationToken).GetAsyncEnumerator(cancellationToken)
            : throw new InvalidOperationException("The stream of a call can be enumerated once. Create a new call to send it again.");
}

/// <summary>Creates answers for fakes of the clients.</summary>
public static class ResponsePromise
{
    /// <summary>Creates a call that completes immediately.</summary>
    /// <typeparam name="T">The type of the whole answer.</typeparam>
    /// <typeparam name="U">The type of a part of the streamed answer.</typeparam>
    /// <param name="answer">The answer that <c>await</c> returns.</param>
    /// <param name="items">The parts that <c>await foreach</c> returns.</param>
    /// <returns>The call, which has not been sent yet.</returns>
    public static ResponsePromise<T, U> From<T, U>(T answer, params IEnumerable<U> items) =>
        new(_ => Task.FromResult(answer), _ => items.ToAsyncEnumerable());

    /// <summary>Creates a call whose answer comes from functions. Each function is called only when its result is requested.</summary>
    /// <typeparam name="T">The type of the whole answer.</typeparam>
    /// <typeparam name="U">The type of a part of the streamed answer.</typeparam>
    /// <param name="fetch">The function that <c>await</c> calls.</param>
    /// <param name="stream">The function that <c>await foreach</c> calls.</param>
    /// <returns>The call, which has not been sent yet.</returns>
    public static ResponsePromise<T, U> From<T, U>(
        Func<CancellationToken, Task<T>> fetch,
        Func<CancellationToken, IAsyncEnumerable<U>> stream) => new(fetch, stream);

    /// <summary>Creates a call that fails.</summary>
    /// <typeparam name="T">The type of the whole answer.</typeparam>
    /// <typeparam name="U">The type of a part of the streamed answer.</typeparam>
    /// <param name="exception">The exception that both <c>await</c> and <c>await foreach</c> throw.</param>
    /// <returns>The call, which has not been sent yet.</returns>
    public static ResponsePromise<T, U> FromException<T, U>(Exception exception) =>
        new(_ => Task.FromException<T>(exception), _ => throw exception);
}
