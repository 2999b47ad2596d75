using System.Collections.Concurrent;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// A few read-only connections that are lent to one caller each. Opened when first needed; a connection per request would
/// prepare its statements every time.
/// </summary>
internal sealed class SqliteReaders(SqliteConnections connections) : IDisposable
{
    private static readonly int Limit = Math.Clamp(Environment.ProcessorCount * 2, 4, 16);

    private readonly SemaphoreSlim _places = new(Limit);
    private readonly ConcurrentStack<SqliteReader> _idle = new();
    private volatile bool _closed;

    public async ValueTask<Loan> RentAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            if (_closed)
                throw new StoreUnavailableException("The store is closed.");
            return new Loan(this, _idle.TryPop(out var reader) ? reader : new SqliteReader(connections));
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Closes the connections once those that are lent have come back.</summary>
    public async Task CloseAsync()
    {
        _closed = true;
        for (var place = 0; place < Limit; place++)
            await _places.WaitAsync();
        Dispose();
        _places.Release(Limit);
    }

    public void Dispose()
    {
        while (_idle.TryPop(out var reader))
            reader.Dispose();
    }

    public readonly struct Loan(SqliteReaders readers, SqliteReader reader) : IDisposable
    {
        public SqliteReader Reader => reader;

        public void Dispose()
        {
            readers._idle.Push(reader);
            readers._places.Release();
        }
    }
}
