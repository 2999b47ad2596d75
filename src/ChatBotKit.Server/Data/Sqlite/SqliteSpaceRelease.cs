using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Gives the room of deleted rows, and a large write-ahead log, back to the disk while nobody else writes.</summary>
internal sealed class SqliteSpaceRelease(SqliteConnections connections, SqliteWriter writer)
{
    private long _transactionsSeen;

    /// <param name="work">Runs a step in the writer's transaction.</param>
    /// <param name="cancellationToken">The token that cancels the work between two steps.</param>
    /// <exception cref="StoreUnavailableException">The store fails.</exception>
    public async Task RunAsync(Func<Func<SqliteWriterSession, long>, Task<long>> work, CancellationToken cancellationToken)
    {
        // A client that wrote since the last time will write again, and would wait for the log to be cut.
        var isIdle = writer.Transactions == Interlocked.Exchange(ref _transactionsSeen, writer.Transactions);
        try
        {
            var isSmaller = await SqliteSpace.ShrinkAsync(work);
            if (isSmaller || (isIdle && SqliteSpace.IsLogLarge(connections.Path)))
                await Task.Run(() => SqliteSpace.CutLog(connections), cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Translate(exception);
        }
        finally
        {
            // The transactions of this method are no sign of other writers.
            Interlocked.Exchange(ref _transactionsSeen, writer.Transactions);
        }
    }
}
