using System.Text;

namespace ChatBotKit.Testing;

/// <summary>A body that arrives in given pieces and then ends, breaks or stalls. It can be read once.</summary>
/// <param name="pieces">The pieces. Each read returns at most one of them.</param>
/// <param name="then">The action after the last piece; null ends the body.</param>
public sealed class ScriptedStream(IEnumerable<ReadOnlyMemory<byte>> pieces, Func<CancellationToken, Task>? then = null) : Stream
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _pieces = pieces.GetEnumerator();
    private ReadOnlyMemory<byte> _rest;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Gets whether the reader has closed the body, as one must that leaves early.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Creates a body that fails after the text, like a lost connection.</summary>
    /// <param name="text">The text that arrives before.</param>
    /// <returns>The body.</returns>
    public static ScriptedStream Broken(string text) => new(
        [Encoding.UTF8.GetBytes(text)],
        _ => throw new HttpIOException(HttpRequestError.ResponseEnded));

    /// <summary>Creates a body that stalls after the text, until its reader gives up.</summary>
    /// <param name="text">The text that arrives before.</param>
    /// <returns>The body.</returns>
    public static ScriptedStream Silent(string text) => new(
        [Encoding.UTF8.GetBytes(text)],
        token => Task.Delay(Timeout.Infinite, token));

    /// <summary>Creates a body that arrives in pieces of a given size. A piece may end in the middle of a character.</summary>
    /// <param name="text">The text that arrives.</param>
    /// <param name="bytes">The size of a piece in bytes, at least 1.</param>
    /// <returns>The body.</returns>
    public static ScriptedStream InPieces(string text, int bytes) =>
        new(Encoding.UTF8.GetBytes(text).Chunk(bytes).Select(piece => new ReadOnlyMemory<byte>(piece)));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty && _pieces.MoveNext())
            _rest = _pieces.Current;
        if (_rest.IsEmpty && then is not null)
            await then(cancellationToken).ConfigureAwait(false);

        var taken = _rest[..Math.Min(_rest.Length, buffer.Length)];
        taken.CopyTo(buffer);
        _rest = _rest[taken.Length..];
        return taken.Length;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
