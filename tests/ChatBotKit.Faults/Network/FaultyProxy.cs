using System.Net;
using System.Net.Sockets;

namespace ChatBotKit.Faults.Network;

/// <summary>
/// Stands between a client and a server and passes on what they say, as badly as it is told. Requests go through as they are;
/// what it does to answers counts for all connections together.
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

    /// <summary>How many bytes of an answer are held back before they are passed on, as a proxy with a buffer does; 0 for none.</summary>
    public int HoldBack { get; init; }

    /// <summary>In how large pieces answers are passed on.</summary>
    public int PieceLength { get; init; } = int.MaxValue;

    /// <summary>Closes connections whose answer says nothing for so long, by this clock; null for never.</summary>
    public (TimeSpan Limit, TimeProvider Clock)? Idle { get; init; }

    /// <summary>How often an armed fault happened.</summary>
    public int Faults { get; private set; }

    /// <summary>How many connections were closed for their silence.</summary>
    public int IdleClosed { get; private set; }

    /// <summary>The bytes of all answers so far.</summary>
    public long Forwarded { get; private set; }

    /// <summary>The bytes that each open connection has passed on.</summary>
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

    /// <summary>Lets something happen, once, after so many more bytes of answers.</summary>
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

    /// <summary>Waits until what is asked is so; looks each time when something was passed on.</summary>
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

    /// <summary>How many of these bytes may pass before the armed fault, which is then the caller's; all of them when there is none.</summary>
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

/// <summary>What can happen to an answer.</summary>
internal enum FaultKind
{
    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The connection ends in order, though the answer does not.</summary>
    Close,

    /// <summary>Nothing more comes, and nobody says so.</summary>
    Stall,
}
