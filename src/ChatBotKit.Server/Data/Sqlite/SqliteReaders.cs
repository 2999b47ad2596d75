using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// A small pool of read-only connections. They are opened on demand and kept, because a new connection would have to prepare its
/// statements again.
/// </summary>
internal sealed class SqliteReaders(SqliteConnections connections, StoreHealth health) : IAsyncDisposable
{
    private static readonly int Limit = Math.Clamp(Environment.ProcessorCount * 2, 4, 16);

    private readonly SemaphoreSlim _places = new(Limit);
    private readonly ConcurrentStack<SqliteReader> _idle = new();
    private volatile bool _closed;

    /// <summary>
    /// Runs <paramref name="read"/> on a connection. The state carries its arguments, so that the delegate captures nothing.
    /// </summary>
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
            // A connection on which a read has failed is not used again.
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

    /// <summary>Closes the connections, after those in use were returned.</summary>
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
