using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>
/// Finds the events in a body, whatever its content type: standard server-sent events, ones without the required empty lines, JSON
/// Lines, or one JSON object over several lines. <see cref="OpenAiChunkReader"/> parses the events.
/// </summary>
/// <remarks>
/// The framework's parser of server-sent events hides what is needed here: lines <c>error: …</c>, which are the whole answer of
/// some servers, bodies of plain JSON, and a last event without an empty line after it.
/// </remarks>
internal sealed class OpenAiChunkStream(Stream body, OpenAiChunkReader reader) : IDisposable
{
    private readonly BodyLines _lines = new(body);
    private readonly ArrayBufferWriter<byte> _pending = new();
    private bool _isFirst = true;
    private bool _isJson;
    private bool _isError;
    private bool _isWhole;

    /// <summary>The content of the current event.</summary>
    public OpenAiChunk Current { get; private set; }

    /// <summary>Reads the next event. Completes synchronously when an event has already arrived.</summary>
    /// <exception cref="JsonException">The event is not a JSON object.</exception>
    public ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var next = _lines.ReadAsync(cancellationToken);
                if (!next.IsCompletedSuccessfully)
                    return WaitAsync(next, cancellationToken);
                if (!next.Result)
                    return new ValueTask<bool>(TakeEnd());
                if (Take(_lines.Current))
                    return new ValueTask<bool>(true);
            }
        }
        catch (JsonException e)
        {
            return ValueTask.FromException<bool>(e);
        }
    }

    public void Dispose() => _lines.Dispose();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitAsync(ValueTask<bool> next, CancellationToken cancellationToken)
    {
        while (await next)
        {
            if (Take(_lines.Current))
                return true;
            next = _lines.ReadAsync(cancellationToken);
        }

        return TakeEnd();
    }

    /// <returns>Whether an event is complete with this line.</returns>
    private bool Take(ReadOnlySpan<byte> line)
    {
        if (_isFirst && line.StartsWith("\uFEFF"u8))
            line = line["\uFEFF"u8.Length..];
        _isFirst = false;
        if (_isJson)
            return Gather(line);
        line = line.Trim(" \t"u8);
        if (line.IsEmpty)
            return TakeGathered();
        if (IsField(line, "data:"u8, out var value))
            return TakeData(value);
        if (IsField(line, "event:"u8, out value))
            _isError = Ascii.EqualsIgnoreCase(value, "error"u8);
        else if (IsField(line, "error:"u8, out value))
            return TakeFailure(value);
        else if (line[0] is (byte)'{' or (byte)'[')
            return TakeJson(line);
        return false;
    }

    private static bool IsField(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = line.StartsWith(name) ? line[name.Length..].TrimStart(" \t"u8) : default;
        return line.StartsWith(name);
    }

    private bool TakeData(ReadOnlySpan<byte> value)
    {
        // Some proxies add a prefix of their own before that of the server behind them.
        while (IsField(value, "data:"u8, out var inner))
            value = inner;
        if (value.IsEmpty)
            return false;
        // By the standard an event ends with an empty line. An event whose JSON is complete, as nearly always, need not wait for
        // it.
        return (_pending.WrittenCount == 0 && TryRead(value)) || Gather(value);
    }

    /// <summary>Takes a line of JSON without a field name: an event without its prefix, or the first line of a JSON body.</summary>
    private bool TakeJson(ReadOnlySpan<byte> line)
    {
        if (TryRead(line))
        {
            _isWhole |= Current.IsWhole;
            return true;
        }

        _isJson = true;
        return Gather(line);
    }

    private bool TryRead(ReadOnlySpan<byte> value)
    {
        if (value[^1] is not ((byte)'}' or (byte)']'))
            return false;
        try
        {
            Read(value);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Read(ReadOnlySpan<byte> value)
    {
        var chunk = reader.Read(value);
        if (_isError && !chunk.IsDone)
            chunk.Error ??= OpenAiErrorWords.Of(value);
        Current = chunk;
    }

    private bool TakeFailure(ReadOnlySpan<byte> value)
    {
        Current = new OpenAiChunk { Error = OpenAiErrorWords.Of(value) };
        return true;
    }

    private bool Gather(ReadOnlySpan<byte> value)
    {
        if (_pending.WrittenCount > 0)
            _pending.Write("\n"u8);
        _pending.Write(value);
        return false;
    }

    private bool TakeGathered()
    {
        var isError = _isError;
        if (_pending.WrittenCount == 0)
        {
            _isError = false;
            return false;
        }

        try
        {
            Read(_pending.WrittenSpan);
            return true;
        }
        catch (JsonException) when (isError)
        {
            return TakeFailure(_pending.WrittenSpan);
        }
        finally
        {
            _pending.ResetWrittenCount();
            _isError = false;
        }
    }

    private bool TakeEnd()
    {
        if (TakeGathered())
        {
            _isWhole |= _isJson && Current.IsWhole;
            return true;
        }

        // A whole answer in one object has no end mark except the end of the object.
        var isWhole = _isWhole;
        _isWhole = false;
        Current = new OpenAiChunk { IsDone = true };
        return isWhole;
    }
}
