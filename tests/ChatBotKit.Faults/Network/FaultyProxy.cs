using System.Net;
using System.Net.Sockets;

namespace ChatBotKit.Faults.Network;

/// <summary>
/// A proxy between a client and a server with configurable faults. Requests are forwarded unchanged; the faults of responses count
/// over all connections.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly HashSet<ProxyConnection> _open = [];
    private readonly Uri _target;
    private Task _accepting = Task.CompletedTask;
    private TaskCompletionSource _moved = NewSignal();
    private ProxyFault? _armed;

    private FaultyProxy(Uri target) => _target = target;

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The number of bytes of a response that are buffered before they are forwarded; 0 for none.</summary>
    public int HoldBack { get; init; }

    /// <summary>The size of the pieces in which responses are forwarded.</summary>
    public int PieceLength { get; init; } = int.MaxValue;

    /// <summary>The time of silence after which a response's connection is closed, and its clock; null for never.</summary>
    public (TimeSpan Limit, TimeProvider Clock)? Idle { get; init; }

    /// <summary>How often an armed fault has occurred.</summary>
    public int Faults { get; private set; }

    /// <summary>How many connections were closed because of silence.</summary>
    public int IdleClosed { get; private set; }

    /// <summary>The number of bytes of all responses so far.</summary>
    public long Forwarded { get; private set; }

    /// <summary>The number of bytes that each open connection has forwarded.</summary>
    public IReadOnlyList<long> ForwardedByConnection
    {
        get
        {
            lock (_gate)
                return [.. _open.OrderBy(one => one.Number).Select(one => one.Forwarded)];
        }
    }

    public static FaultyProxy Start(Uri target, int holdBack = 0, int pieceLength = int.MaxValue, (TimeSpan, TimeProvider)? idle = null)
    {
        var proxy = new FaultyProxy(target) { HoldBack = holdBack, PieceLength = pieceLength, Idle = idle };
        proxy._listener.Start();
        proxy._accepting = proxy.AcceptAsync();
        return proxy;
    }

    /// <summary>Arms a fault that occurs once after this number of further bytes of responses.</summary>
    public void Arm(FaultKind kind, long afterBytes)
    {
        lock (_gate)
            _armed = new ProxyFault(kind, afterBytes);
    }

    public void Disarm()
    {
        lock (_gate)
            _armed = null;
    }

    /// <summary>Waits until the condition is true; it is checked whenever bytes were forwarded.</summary>
    public async Task WaitUntilAsync(Func<bool> isSo, TimeSpan patience)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
                moved = _moved.Task;
            if (isSo())
                return;
            await moved.WaitAsync(patience, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        List<ProxyConnection> open;
        lock (_gate)
            open = [.. _open];
        foreach (var connection in open)
            connection.Dispose();
        await Task.WhenAll(open.Select(connection => connection.Ended));
        _stopping.Dispose();
    }

    /// <summary>
    /// Returns how many of these bytes may be forwarded before the armed fault, which then belongs to the caller; all of them when
    /// there is none.
    /// </summary>
    internal (int Length, FaultKind? Fault) Take(int length)
    {
        lock (_gate)
        {
            if (_armed is not { } fault || (fault.Left -= length) > 0)
                return (length, null);
            _armed = null;
            Faults++;
            return (length + (int)fault.Left, fault.Kind);
        }
    }

    internal void Passed(int length)
    {
        lock (_gate)
        {
            Forwarded += length;
            _moved.TrySetResult();
            _moved = NewSignal();
        }
    }

    internal void ClosedForSilence()
    {
        lock (_gate)
            IdleClosed++;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AcceptAsync()
    {
        for (var number = 0; ; number++)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                var connection = new ProxyConnection(this, number, client);
                lock (_gate)
                    _open.Add(connection);
                _ = RunAsync(connection);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RunAsync(ProxyConnection connection)
    {
        await connection.RunAsync(_target);
        lock (_gate)
            _open.Remove(connection);
        Passed(0);
    }

    private sealed class ProxyFault(FaultKind kind, long left)
    {
        public FaultKind Kind { get; } = kind;

        public long Left { get; set; } = left;
    }
}

/// <summary>The faults of a response.</summary>
internal enum FaultKind
{
    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The connection is closed normally before the response is complete.</summary>
    Close,

    /// <summary>No more bytes come, and the connection stays open.</summary>
    Stall,
}
