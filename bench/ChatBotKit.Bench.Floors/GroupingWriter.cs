using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Bench.Floors;

/// <summary>
/// Writes rows with Microsoft.Data.Sqlite on a dedicated thread. All waiting writes share one transaction, and they complete after
/// its commit was flushed to the disk.
/// </summary>
internal sealed class GroupingWriter : IDisposable
{
    private readonly Channel<RowWrite> _queue = Channel.CreateUnbounded<RowWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly Thread _thread;

    /// <param name="path">The path of the database.</param>
    /// <param name="schema">The SQL that creates missing tables.</param>
    public GroupingWriter(string path, string schema)
    {
        Path = path;
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = $"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA cache_size = -32768;
            {schema}
            """;
        command.ExecuteNonQuery();
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public string Path { get; }

    /// <summary>Queues a write, and returns the number of changed rows.</summary>
    public Task<int> WriteAsync(RowWrite row)
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
        var commands = new Dictionary<RowStatement, SqliteCommand>();
        var group = new List<RowWrite>();
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            while (group.Count < 512 && _queue.Reader.TryRead(out var row))
            {
                if (!commands.TryGetValue(row.Statement, out var command))
                    commands.Add(row.Statement, command = row.Statement.Prepare(_connection));
                command.Transaction = transaction;
                row.Execute(command);
                group.Add(row);
            }

            transaction.Commit();
            group.ForEach(row => row.Complete());
            group.Clear();
        }

        foreach (var command in commands.Values)
            command.Dispose();
    }
}
