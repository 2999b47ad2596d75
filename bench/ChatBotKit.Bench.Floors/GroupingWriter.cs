using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Bench.Floors;

/// <summary>
/// Inserts rows with Microsoft.Data.Sqlite on a thread of its own: what waits goes into one transaction, and whoever
/// waits for it hears of it after the commit has been flushed to the disk.
/// </summary>
internal sealed class GroupingWriter : IDisposable
{
    private readonly Channel<RowInsert> _queue = Channel.CreateUnbounded<RowInsert>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly Thread _thread;

    public GroupingWriter(string path)
    {
        Path = path;
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = $"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA cache_size = -32768;
            {RowInsert.Schema}
            """;
        command.ExecuteNonQuery();
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public string Path { get; }

    public Task InsertAsync(RowInsert row)
    {
        _queue.Writer.TryWrite(row);
        return row.Committed;
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread.Join();
        _connection.Dispose();
    }

    private void Run()
    {
        using var insert = RowInsert.Prepare(_connection);
        var group = new List<RowInsert>();
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            insert.Transaction = transaction;
            while (group.Count < 512 && _queue.Reader.TryRead(out var row))
            {
                row.Execute(insert);
                group.Add(row);
            }

            transaction.Commit();
            group.ForEach(row => row.Complete());
            group.Clear();
        }
    }
}
