using System.Buffers;
using System.Runtime.CompilerServices;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Reads a body line by line. Any line ending is accepted, and the last line may lack one.</summary>
internal sealed class BodyLines(Stream body) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _start;
    private int _scanned;
    private int _end;
    private int _lineStart;
    private int _lineLength;
    private bool _isAfterReturn;
    private bool _hasEnded;

    /// <summary>The current line without its ending; valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>Reads the next line. Completes synchronously when a line has already arrived.</summary>
    /// <returns>False at the end of the body.</returns>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) =>
        TryTake() ? new ValueTask<bool>(true)
        : _hasEnded ? new ValueTask<bool>(false)
        : FillAsync(cancellationToken);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _scanned, _end, _lineStart, _lineLength) = (0, 0, 0, 0, 0);
    }

    private bool TryTake()
    {
        if (_isAfterReturn && _start < _end)
        {
            // The rest of a CRLF that was split between two reads.
            if (_buffer[_start] == '\n')
                _start++;
            _isAfterReturn = false;
        }

        var at = _buffer.AsSpan(_start + _scanned, _end - _start - _scanned).IndexOfAny((byte)'\n', (byte)'\r');
        if (at < 0)
        {
            _scanned = _end - _start;
            return false;
        }

        (_lineStart, _lineLength) = (_start, _scanned + at);
        _isAfterReturn = _buffer[_lineStart + _lineLength] == '\r';
        _start += _lineLength + 1;
        _scanned = 0;
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            MakeRoom();
            var read = await body.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += read;
            if (TryTake())
                return true;
            if (read > 0)
                continue;
            _hasEnded = true;
            (_lineStart, _lineLength) = (_start, _end - _start);
            (_start, _scanned) = (_end, 0);
            return _lineLength > 0;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end < _buffer.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
