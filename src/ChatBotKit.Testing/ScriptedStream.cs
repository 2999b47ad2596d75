namespace ChatBotKit.Testing.Sdk;

/// <summary>A body that arrives in given pieces and then ends, breaks or falls silent.</summary>
public sealed class ScriptedStream(IEnumerable<ReadOnlyMemory<byte>> pieces, Func<CancellationToken, Task>? then = null) : Stream
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _pieces = pieces.GetEnumerator();
    private ReadOnlyMemory<byte> _rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public bool IsDisposed { get; private set; }

    /// <summary>Breaks after the text as a lost connection does.</summary>
    public static ScriptedStream Broken(string text) => new(
        [System.Text.Encoding.UTF8.GetBytes(text)],
        _ => throw new HttpIOException(HttpRequestError.ResponseEnded));

    /// <summary>Falls silent after the text.</summary>
    public static ScriptedStream Silent(string text) => new(
        [System.Text.Encoding.UTF8.GetBytes(text)],
        token => Task.Delay(Timeout.Infinite, token));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty && _pieces.MoveNext())
            _rest = _pieces.Current;
        if (_rest.IsEmpty && then is not null)
            await then(cancellationToken);

        var taken = _rest[..Math.Min(_rest.Length, buffer.Length)];
        taken.CopyTo(buffer);
        _rest = _rest[taken.Length..];
        return taken.Length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
