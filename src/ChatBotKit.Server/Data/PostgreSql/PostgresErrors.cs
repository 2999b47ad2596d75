using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>Translates PostgreSQL's error codes to the store's exceptions.</summary>
internal static class PostgresErrors
{
    /// <summary>Returns the store's exception for a failure of the database, or the given exception when there is no better one.</summary>
    public static Exception Translate(Exception exception) => exception switch
    {
        PostgresException refusal => Translate(refusal),
        _ when IsUnavailable(exception) => Unavailable(exception),
        _ => exception,
    };

    /// <summary>Whether the transaction conflicted with another one, and may succeed when it is run again.</summary>
    public static bool IsCollision(Exception exception) => exception is PostgresException refusal
        && (refusal.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            || IsAuditCollision(refusal));

    /// <summary>Whether another transaction appended to the audit chain at the same time.</summary>
    public static bool IsAuditCollision(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "PK_AuditRecords" };

    public static bool IsMissingParent(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation };

    /// <summary>Whether the database or the connection failed, and not the statement.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException refusal => IsUnavailable(refusal.SqlState),
        NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>Whether the server has become a read-only standby, so that all connections to it must be replaced.</summary>
    public static bool IsReadOnly(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };

    /// <summary>Whether the connection was lost, so that the result of the sent statements is unknown.</summary>
    public static bool IsLostConnection(Exception exception) => exception switch
    {
        PostgresException refusal => refusal.SqlState.StartsWith("57P", StringComparison.Ordinal)
            || refusal.SqlState.StartsWith("08", StringComparison.Ordinal) || IsEndOfLongTransaction(refusal.SqlState),
        _ => IsUnavailable(exception),
    };

    public static StoreUnavailableException Unavailable(Exception cause) =>
        new($"The PostgreSQL database can't be used now: {Reason(cause)}", cause) { IsDamage = IsDamage(cause) };

    /// <summary>Returns the reason of a failure in one line.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        PostgresException refusal => $"{refusal.MessageText} ({refusal.SqlState})",
        { InnerException: { } inner } => $"{exception.Message} {inner.Message}",
        _ => exception.Message,
    };

    private static Exception Translate(PostgresException refusal) => refusal.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation when refusal.ConstraintName is "IX_Messages_ConversationId_Position" or "PK_LogBatches" =>
            new StaleWriteException("The position in the conversation or the number in the log is already taken.", refusal),
        PostgresErrorCodes.UniqueViolation => new DuplicateKeyException("A row with this key exists already.", refusal),
        PostgresErrorCodes.NotNullViolation when refusal is { TableName: "LogBatches", ColumnName: "First" } =>
            new StaleWriteException("The line of the log is not the next one.", refusal),
        PostgresErrorCodes.NotNullViolation when refusal is { TableName: "Runs", ColumnName: "Kind" } =>
            new StaleWriteException("The run has ended already.", refusal),
        PostgresErrorCodes.NotNullViolation when refusal is { TableName: "DueWork", ColumnName: "Key" } =>
            new StaleWriteException("The lease of the work is over.", refusal),
        PostgresErrorCodes.NotNullViolation when refusal is { TableName: "Lanes", ColumnName: "Holder" } =>
            new StoreUnavailableException("Another server uses the database now.", refusal),
        PostgresErrorCodes.ForeignKeyViolation => new MissingParentException("The row that this one belongs to does not exist.", refusal),
        var code when IsUnavailable(code) || IsCollision(refusal) => Unavailable(refusal),
        _ => refusal,
    };

    private static bool IsDamage(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted };

    // idle_in_transaction_session_timeout and transaction_timeout, after which the server closes the connection.
    private static bool IsEndOfLongTransaction(string code) => code is "25P03" or "25P04";

    // In this order: connection failures, exhausted resources, interventions of an operator, failures of the disk, damage, refused logins,
    // transactions that were open for too long, a read-only server, and a missing database.
    private static bool IsUnavailable(string code) =>
        code.StartsWith("08", StringComparison.Ordinal) || code.StartsWith("53", StringComparison.Ordinal)
        || code.StartsWith("57", StringComparison.Ordinal) || code.StartsWith("58", StringComparison.Ordinal)
        || code.StartsWith("XX", StringComparison.Ordinal) || code.StartsWith("28", StringComparison.Ordinal)
        || IsEndOfLongTransaction(code) || code is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName;
}
