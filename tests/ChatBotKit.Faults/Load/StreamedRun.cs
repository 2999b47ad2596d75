using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;

namespace ChatBotKit.Faults.Load;

/// <summary>Reads a streamed answer and checks its tokens.</summary>
internal sealed class StreamedRun
{
    private readonly byte[] _buffer = new byte[128 * 1024];
    private int _filled;
    private long _lastId;
    private int _length;

    /// <summary>The number of tokens that arrived in order.</summary>
    public int Tokens { get; private set; }

    /// <summary>The first fault; null for none.</summary>
    public string? Wrong { get; private set; }

    /// <summary>The reason of the run's end; null when it has not ended.</summary>
    public string? EndReason { get; private set; }

    /// <summary>The delay of each token, in ticks.</summary>
    public List<long> Delays { get; } = [];

    /// <param name="body">The answer.</param>
    /// <param name="numbered">Whether the tokens are numbered by a <see cref="TokenTicker"/>.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    public async Task ReadAsync(Stream body, bool numbered, CancellationToken cancellationToken)
    {
        while (await body.ReadAsync(_buffer.AsMemory(_filled), cancellationToken) is > 0 and var read)
        {
            _filled += read;
            TakeLines(numbered, Stopwatch.GetTimestamp());
            if (_filled == _buffer.Length)
                throw new IOException("A line is longer than any that was expected.");
        }

        if (EndReason is null)
            Wrong ??= "the stream has no end";
    }

    private void TakeLines(bool numbered, long now)
    {
        var rest = _buffer.AsSpan(0, _filled);
        while (rest.IndexOf((byte)'\n') is >= 0 and var end)
        {
            TakeLine(rest[..end], numbered, now);
            rest = rest[(end + 1)..];
        }

        rest.CopyTo(_buffer);
        _filled = rest.Length;
    }

    private void TakeLine(ReadOnlySpan<byte> line, bool numbered, long now)
    {
        if (line.StartsWith("{\"type\":\"ping\""u8))
            return;
        CheckId(line);
        if (line.StartsWith("{\"type\":\"token\""u8))
            TakeToken(line, numbered, now);
        else if (line.StartsWith("{\"type\":\"error\""u8))
            Wrong ??= System.Text.Encoding.UTF8.GetString(line);
        else if (line.StartsWith("{\"type\":\"result\""u8))
            TakeResult(line);
    }

    private void CheckId(ReadOnlySpan<byte> line)
    {
        var at = line.LastIndexOf("\"id\":"u8);
        if (at < 0 || !Utf8Parser.TryParse(line[(at + 5)..], out long id, out _) || id != _lastId + 1)
            Wrong ??= $"no event {_lastId + 1}";
        _lastId++;
    }

    private void TakeToken(ReadOnlySpan<byte> line, bool numbered, long now)
    {
        var name = "\"token\":\""u8;
        var text = line[(line.IndexOf(name) + name.Length)..];
        text = text[..text.IndexOf((byte)'"')];
        _length += text.Length;
        if (numbered)
        {
            if (!Utf8Parser.TryParse(text, out int number, out var digits) || number != Tokens)
                Wrong ??= $"no token {Tokens}";
            if (Utf8Parser.TryParse(text[(digits + 1)..], out long sent, out _))
                Delays.Add(now - sent);
        }

        Tokens++;
    }

    private void TakeResult(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        using var document = JsonDocument.ParseValue(ref reader);
        var data = document.RootElement.GetProperty("data");
        EndReason = data.GetProperty("end").GetProperty("reason").GetString();
        if (data.GetProperty("text").GetString()!.Length != _length)
            Wrong ??= "the text is not what the tokens spell";
    }
}
