using System.Diagnostics.CodeAnalysis;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Faults.Simulation;

/// <summary>How an answer that streams has ended for its client.</summary>
internal enum ConnectionEnd
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>The log was read to its end.</summary>
    Complete,

    /// <summary>The server said that it could not store any further.</summary>
    Fault,

    /// <summary>The server said that the session is over.</summary>
    Stopped,

    /// <summary>The request was refused.</summary>
    Refused,

    /// <summary>The connection broke.</summary>
    Broken,
}

/// <summary>
/// An answer on its way: the server writes to it, its client reads from it, and both may be gone at any moment.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing, and may be cancelled at any moment.")]
internal sealed class Connection(World world, SimulatedProcess process, string? sessionId)
{
    private readonly CancellationTokenSource _left = new();
    private readonly Queue<LogBatch> _batches = new();
    private TaskCompletionSource? _news;

    /// <summary>Is cancelled when the client is gone.</summary>
    public CancellationToken Left => _left.Token;

    /// <summary>The run that answers, once the server has taken it in.</summary>
    public string? RunId { get; set; }

    public ConnectionEnd End { get; private set; }

    /// <summary>Why it was refused.</summary>
    public Exception? Refusal { get; private set; }

    /// <summary>How often the server wrote after it had acknowledged that the session is revoked.</summary>
    public int WritesAfterRevocation { get; private set; }

    /// <summary>Asks the server for the answer.</summary>
    public static Connection Open(
        World world, SimulatedProcess process, string? sessionId, Func<Endpoints, Connection, Task> request)
    {
        var connection = new Connection(world, process, sessionId);
        world.Counts.Streams++;
        if (process.IsOver)
        {
            connection.Break();
            return connection;
        }
        process.Add(connection);
        process.Scheduler.Post(() => _ = request(new Endpoints(world, process), connection));
        return connection;
    }

    /// <summary>Called by the server.</summary>
    public void Write(string logId, LogBatch batch)
    {
        world.Ledger.Seen(logId, batch);
        world.Note("shown", logId, batch.Last);
        if (world.Ledger.IsRevoked(sessionId) && ++WritesAfterRevocation > 1)
            world.Violate($"session {sessionId} still gets events after it was revoked");
        _batches.Enqueue(batch);
        Signal();
    }

    /// <summary>Called by the server.</summary>
    public void Close(LogRead read) => Close(read switch
    {
        LogRead.Fault => ConnectionEnd.Fault,
        LogRead.Stopped => ConnectionEnd.Stopped,
        _ => ConnectionEnd.Complete,
    });

    /// <summary>Called by the server.</summary>
    public void Refuse(Exception exception)
    {
        Refusal = exception;
        Close(ConnectionEnd.Refused);
    }

    public void Break() => Close(ConnectionEnd.Broken);

    /// <summary>The next lines; null when the connection has ended and everything that came before is read.</summary>
    public async Task<LogBatch?> ReadAsync()
    {
        while (true)
        {
            if (_batches.TryDequeue(out var batch))
                return batch;
            if (End != ConnectionEnd.None)
                return null;
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await _news.Task;
        }
    }

    /// <summary>The client leaves. The server sees that a moment later.</summary>
    public void Leave()
    {
        End = ConnectionEnd.Broken;
        Signal();
        process.Scheduler.Post(_left.Cancel);
    }

    private void Close(ConnectionEnd end)
    {
        if (End != ConnectionEnd.None)
            return;
        End = end;
        Signal();
    }

    private void Signal()
    {
        _news?.TrySetResult();
        _news = null;
    }
}
