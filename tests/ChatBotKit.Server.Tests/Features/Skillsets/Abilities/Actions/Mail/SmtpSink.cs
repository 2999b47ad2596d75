using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>A mail server on a free loopback port, which keeps what it receives and refuses the recipient <c>nobody@…</c>.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<(string Envelope, string Message)> _received = Channel.CreateUnbounded<(string, string)>();
    private readonly Task _serving;

    public SmtpSink()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url => $"smtp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Returns the next message: its sender and recipients, and its lines.</summary>
    public ValueTask<(string Envelope, string Message)> NextAsync() => _received.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await TalkAsync(client.GetStream());
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // The test has ended, or the client has left.
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
        var envelope = new List<string>();
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync(_stopping.Token) is { } line)
        {
            if (line.StartsWith("EHLO", StringComparison.Ordinal))
                await writer.WriteLineAsync("250-sink\r\n250-SMTPUTF8\r\n250 8BITMIME");
            else if (line.StartsWith("RCPT TO:<nobody@", StringComparison.Ordinal))
                await writer.WriteLineAsync("550 unknown here");
            else if (line == "DATA")
                await ReceiveAsync(reader, writer, string.Join(' ', envelope));
            else
                await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 fine");
            if (line.StartsWith("MAIL", StringComparison.Ordinal) || line.StartsWith("RCPT", StringComparison.Ordinal))
                envelope.Add(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]);
        }
    }

    private async Task ReceiveAsync(StreamReader reader, StreamWriter writer, string envelope)
    {
        await writer.WriteLineAsync("354 go on");
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(_stopping.Token) is { } line && line != ".")
            message.AppendLine(line);
        await writer.WriteLineAsync("250 kept");
        _received.Writer.TryWrite((envelope, message.ToString()));
    }
}
