using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// Returns the space of deleted rows, and that of a large write-ahead log, to the disk while nothing else is being written.
/// </summary>
internal sealed class SqliteSpaceRelease(SqliteConnections connections, SqliteWriter writer)
{
    private long _transactionsSeen;

    /// <param name="work">Runs a step in the writer's transaction.</param>
    /// <param name="cancellationToken">The token that cancels the work between two steps.</param>
    /// <exception cref="StoreUnavailableException">The store fails.</exception>
    public async Task RunAsync(Func<Func<SqliteWriterSession, long>, Task<long>> work, CancellationToken cancellationToken)
    {
        // If something was written since the last time, more writes are likely, and they would wait for the truncation of the log.
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
            // The transactions of this method must not count as those of other writers.
            Interlocked.Exchange(ref _transactionsSeen, writer.Transactions);
        }
    }
}
