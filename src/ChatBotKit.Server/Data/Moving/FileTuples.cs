using ChatBotKit.Server.Data.PostgreSql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>Reads files as rows of the table of chunks. It holds one chunk at a time.</summary>
internal sealed class FileTuples(IReadOnlyList<MovedFile> page, MovedFiles files) : ITuples, IAsyncDisposable
{
    private readonly TupleWriter _writer = new();
    private readonly byte[] _buffer = new byte[PostgresBlobs.ChunkBytes];
    private Stream? _bytes;
    private BlobReader? _reader;
    private int _next;
    private long _number;

    public ReadOnlyMemory<byte> Tuple => _writer.Tuple;

    /// <summary>The files that were read to their end.</summary>
    public List<StoredBlob> Complete { get; } = [];

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (_reader is not null || await OpenNextAsync(cancellationToken))
        {
            var file = page[_next - 1];
            try
            {
                if (await _reader!.ReadAsync(_buffer, cancellationToken) is > 0 and var read)
                {
                    _writer.Begin(3);
                    _writer.Write(file.BlobId);
                    _writer.Write(_number++);
                    _writer.Write(_buffer.AsSpan(0, read));
                    return true;
                }

                Complete.Add(_reader.Finish(file.BlobId));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BlobMismatchException)
            {
                throw MovedFiles.Refusal(file, $"can't be read: {exception.Message}");
            }

            await CloseAsync();
        }

        return false;
    }

    public ValueTask DisposeAsync() => CloseAsync();

    /// <returns>Whether there is another file.</returns>
    private async ValueTask<bool> OpenNextAsync(CancellationToken cancellationToken)
    {
        while (_next < page.Count)
        {
            var file = page[_next++];
            _bytes = await files.OpenAsync(file, cancellationToken);
            if (_bytes is null)
                continue;
            _reader = new BlobReader(new BlobContent(_bytes) { Length = files.AcceptsMissing ? null : file.Length });
            _number = 0;
            return true;
        }

        return false;
    }

    private async ValueTask CloseAsync()
    {
        _reader?.Dispose();
        _reader = null;
        if (_bytes is not null)
            await _bytes.DisposeAsync();
        _bytes = null;
    }
}
