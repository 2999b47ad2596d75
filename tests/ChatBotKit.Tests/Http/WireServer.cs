using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatBotKit.Tests.Http;

/// <summary>A listener on the loopback interface that sends the bytes of a test, with one request per connection.</summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Func<WireExchange, Task>[] _script;
    private readonly List<WireExchange> _exchanges = [];
    private readonly Task _accepting;

    /// <param name="script">The responses to the first request, the second and so on; the last one is used for all that follow.</param>
    public WireServer(params Func<WireExchange, Task>[] script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public IReadOnlyList<WireExchange> Exchanges
    {
        get
        {
            lock (_exchanges)
                return [.. _exchanges];
        }
    }

    /// <summary>Creates a server for the announcement and the upload of a file.</summary>
    public static WireServer ForUpload(Func<WireExchange, Task> onPut)
    {
        WireServer? server = null;
        server = new WireServer(exchange => Answer(200, Announced(new Uri(server!.Address, "put").AbsoluteUri))(exchange), onPut);
        return server;
    }

    /// <summary>Returns the response to the announcement of a file.</summary>
    public static string Announced(string url, string method = "PUT") =>
        $$$$"""{"id":"f","name":"f","uploadRequest":{"method":"{{{{method}}}}","url":"{{{{url}}}}","headers":{}}}""";

    /// <summary>Sends these bytes after the request's body has arrived.</summary>
    public static Func<WireExchange, Task> Answer(string bytes) => async exchange =>
    {
        await exchange.ReadBodyAsync();
        await exchange.WriteAsync(bytes);
    };

    /// <summary>Sends a status, a type and a body.</summary>
    public static Func<WireExchange, Task> Answer(int status, string body, string type = "application/json", string headers = "") =>
        Answer($"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    /// <summary>Sends the beginning of a response and then nothing more, until the client disconnects.</summary>
    public static Func<WireExchange, Task> Stall(string bytes) => async exchange =>
    {
        await exchange.ReadBodyAsync();
        await exchange.WriteAsync(bytes);
        await exchange.WaitForLeavingAsync();
    };

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var answering = new List<Task>();
        try
        {
            while (!_ending.IsCancellationRequested)
                answering.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_ending.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The listener is closed.
        }

        await Task.WhenAll(answering);
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var exchange = await WireExchange.ReadAsync(client.GetStream(), _ending.Token);
                int number;
                lock (_exchanges)
                {
                    _exchanges.Add(exchange);
                    number = _exchanges.Count;
                }

                await _script[Math.Min(number, _script.Length) - 1](exchange);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // The client has disconnected, or the test has ended.
            }
        }
    }
}

/// <summary>One request as it was received.</summary>
internal sealed class WireExchange
{
    private readonly Stream _connection;
    private readonly CancellationToken _ending;
    private readonly byte[] _start;

    private WireExchange(Stream connection, string head, byte[] start, CancellationToken ending)
    {
        _connection = connection;
        _ending = ending;
        _start = start;
        Head = head;
    }

    public string Head { get; }

    public string Line => Head[..Head.IndexOf('\r', StringComparison.Ordinal)];

    public long BodySize { get; private set; }

    public string? Header(string name) => Head.Split("\r\n").Skip(1)
        .FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    public static async Task<WireExchange> ReadAsync(Stream connection, CancellationToken ending)
    {
        var bytes = new List<byte>();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await connection.ReadAsync(buffer, ending);
            if (read == 0)
                throw new IOException("The client left before its head was whole.");
            bytes.AddRange(buffer.AsSpan(0, read));
            var head = Encoding.Latin1.GetString([.. bytes]);
            if (head.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end)
                return new WireExchange(connection, head[..end], [.. bytes.Skip(end + 4)], ending);
        }
    }

    /// <summary>Reads the whole body of a request with a Content-Length.</summary>
    public async Task ReadBodyAsync()
    {
        BodySize = _start.Length;
        var length = long.Parse(Header("Content-Length") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        if (Header("Expect") is not null)
            await WriteAsync("HTTP/1.1 100 Continue\r\n\r\n");
        var buffer = new byte[64 * 1024];
        while (BodySize < length && await _connection.ReadAsync(buffer, _ending) is > 0 and var read)
            BodySize += read;
    }

    public async Task WriteAsync(string bytes) => await _connection.WriteAsync(Encoding.UTF8.GetBytes(bytes), _ending);

    public async Task WaitForLeavingAsync()
    {
        var buffer = new byte[1024];
        while (await _connection.ReadAsync(buffer, _ending) > 0)
        {
        }
    }

    /// <summary>Neither reads nor writes until the test ends.</summary>
    public Task FreezeAsync() => Task.Delay(Timeout.Infinite, _ending);
}
