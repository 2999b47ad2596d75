using System.Diagnostics.CodeAnalysis;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Faults.Simulation;

/// <summary>How a stream has ended for its client.</summary>
internal enum ConnectionEnd
{
    /// <summary>The stream has not ended.</summary>
    None,

    /// <summary>The log was read to its end.</summary>
    Complete,

    /// <summary>The server reported that it could not store any more.</summary>
    Fault,

    /// <summary>The server reported that the session has ended.</summary>
    Stopped,

    /// <summary>The request was refused.</summary>
    Refused,

    /// <summary>The connection broke.</summary>
    Broken,
}

/// <summary>A streamed response: the server writes to it and its client reads from it. Both may end at any time.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing, and may be cancelled at any moment.")]
internal sealed class Connection(World world, SimulatedProcess process, string? sessionId)
{
    private readonly CancellationTokenSource _left = new();
    private readonly Queue<LogBatch> _batches = new();
    private TaskCompletionSource? _news;

    /// <summary>Cancelled when the client disconnects.</summary>
    public CancellationToken Left => _left.Token;

    /// <summary>The run of the response, after the server has accepted it.</summary>
    public string? RunId { get; set; }

    public ConnectionEnd End { get; private set; }

    /// <summary>The error of a refused request.</summary>
    public Exception? Refusal { get; private set; }

    /// <summary>How often the server has written after it had acknowledged the revocation of the session.</summary>
    public int WritesAfterRevocation { get; private set; }

    /// <summary>Sends the request to the server.</summary>
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

    /// <summary>Writes lines. The server calls this.</summary>
    public void Write(string logId, LogBatch batch)
    {
        world.Ledger.Seen(logId, batch);
        world.Note("shown", logId, batch.Last);
        if (world.Ledger.IsRevoked(sessionId) && ++WritesAfterRevocation > 1)
            world.Violate($"session {sessionId} still gets events after it was revoked");
        _batches.Enqueue(batch);
        Signal();
    }

    /// <summary>Ends the stream. The server calls this.</summary>
    public void Close(LogRead read) => Close(read switch
    {
        LogRead.Fault => ConnectionEnd.Fault,
        LogRead.Stopped => ConnectionEnd.Stopped,
        _ => ConnectionEnd.Complete,
    });

    /// <summary>Refuses the request. The server calls this.</summary>
    public void Refuse(Exception exception)
    {
        Refusal = exception;
        Close(ConnectionEnd.Refused);
    }

    public void Break() => Close(ConnectionEnd.Broken);

    /// <summary>Returns the next lines; null when the connection has ended and everything before was read.</summary>
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

    /// <summary>Disconnects the client. The server notices that with a delay.</summary>
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
