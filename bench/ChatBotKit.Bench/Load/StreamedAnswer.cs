using System.Buffers.Text;
using System.Diagnostics;

namespace ChatBotKit.Bench.Load;

/// <summary>Counts the tokens of an answer as they arrive, with minimal parsing.</summary>
internal sealed class StreamedAnswer(Stream body, long start = 0, bool isTimed = false)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    public int Tokens { get; private set; }

    /// <summary>The number of lines that report an error.</summary>
    public int Failures { get; private set; }

    /// <summary>The ticks from the start to the first token.</summary>
    public long FirstToken { get; private set; }

    /// <summary>The ticks between the sending and the arrival of each token, for tokens that are the time of sending.</summary>
    public List<long> Delays { get; } = [];

    public async Task ReadAsync(bool untilFirstToken, CancellationToken cancellationToken)
    {
        while (!untilFirstToken || Tokens == 0)
        {
            var read = await body.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
            if (read == 0)
                return;
            _filled += read;
            TakeLines(Stopwatch.GetTimestamp());
            if (_filled == _buffer.Length)
                throw new IOException("A line is longer than any that was expected.");
        }
    }

    private void TakeLines(long now)
    {
        var rest = _buffer.AsSpan(0, _filled);
        while (rest.IndexOf((byte)'\n') is >= 0 and var end)
        {
            TakeLine(rest[..end], now);
            rest = rest[(end + 1)..];
        }

        rest.CopyTo(_buffer);
        _filled = rest.Length;
    }

    private void TakeLine(ReadOnlySpan<byte> line, long now)
    {
        // The server-sent events of other servers have the same form after the field name.
        if (line.StartsWith("data: "u8))
            line = line["data: ".Length..];
        if (line.StartsWith("{\"id\":\"chatcmpl-"u8))
        {
            TakeChunk(line, now);
            return;
        }

        if (!line.StartsWith("{\"type\":\"token\""u8) && !line.StartsWith("{\"type\":\"text-delta\""u8))
        {
            Failures += line.StartsWith("{\"type\":\"error\""u8) ? 1 : 0;
            return;
        }

        if (Tokens++ == 0)
            FirstToken = now - start;
        var token = "\"token\":\""u8;
        if (isTimed && line.IndexOf(token) is >= 0 and var at && Utf8Parser.TryParse(line[(at + token.Length)..], out long sent, out _))
            Delays.Add(now - sent);
    }

    /// <summary>Takes a chunk of the OpenAI protocol. One may have several tokens, so they are counted by the usage at the end.</summary>
    private void TakeChunk(ReadOnlySpan<byte> line, long now)
    {
        if (FirstToken == 0 && line.IndexOf("\"delta\":{\"content\""u8) >= 0)
            FirstToken = now - start;
        var count = "\"completion_tokens\":"u8;
        if (line.IndexOf(count) is >= 0 and var at && Utf8Parser.TryParse(line[(at + count.Length)..], out int tokens, out _))
            Tokens = tokens;
    }
}
