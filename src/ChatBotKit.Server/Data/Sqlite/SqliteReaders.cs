using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// A few read-only connections, each used by one caller at a time. Opened when first needed and kept: a connection per
/// request would prepare its statements every time.
/// </summary>
internal sealed class SqliteReaders(SqliteConnections connections, SqliteHealth health) : IAsyncDisposable
{
    private static readonly int Limit = Math.Clamp(Environment.ProcessorCount * 2, 4, 16);

    private readonly SemaphoreSlim _places = new(Limit);
    private readonly ConcurrentStack<SqliteReader> _idle = new();
    private volatile bool _closed;

    /// <summary>Runs <paramref name="read"/> on a connection; its arguments come as a state so that nothing is captured.</summary>
    public async ValueTask<T> ReadAsync<TState, T>(
        TState state, Func<SqliteReader, TState, T> read, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        SqliteReader? reader = null;
        try
        {
            ThrowIfClosed();
            reader = _idle.TryPop(out var idle) ? idle : new SqliteReader(connections);
            var result = read(reader, state);
            _idle.Push(reader);
            return result;
        }
        catch (SqliteException exception)
        {
            // A connection on which something failed is not used again.
            reader?.Dispose();
            var failure = SqliteErrors.Translate(exception);
            health.ReadFailed(failure);
            throw failure;
        }
        catch
        {
            if (reader is { IsReusable: true })
                _idle.Push(reader);
            else
                reader?.Dispose();
            throw;
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Closes the connections once those in use have come back.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var place = 0; place < Limit; place++)
            await _places.WaitAsync();
        while (_idle.TryPop(out var reader))
            reader.Dispose();
        _places.Release(Limit);
    }

    private void ThrowIfClosed()
    {
        if (_closed)
            throw new StoreUnavailableException("The store is closed.");
    }
}
