using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>Tells by PostgreSQL's codes what a failure means to the caller.</summary>
internal static class PostgresErrors
{
    /// <summary>The store's own exception for a failure of the database, or the given one when it has none.</summary>
    public static Exception Translate(Exception exception) => exception switch
    {
        PostgresException refusal => Translate(refusal),
        _ when IsUnavailable(exception) => Unavailable(exception),
        _ => exception,
    };

    /// <summary>Whether the transaction met another one, and may succeed when it is run again.</summary>
    public static bool IsCollision(Exception exception) => exception is PostgresException refusal
        && (refusal.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            || IsAuditCollision(refusal));

    /// <summary>Whether somebody else appended to the audit chain meanwhile.</summary>
    public static bool IsAuditCollision(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "PK_AuditRecords" };

    public static bool IsMissingParent(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation };

    /// <summary>Whether the database or the connection to it is the cause, and not the statement.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException refusal => IsUnavailable(refusal.SqlState),
        NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>Whether the server has become one that only reads, so that every connection to it is of no use.</summary>
    public static bool IsReadOnly(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };

    /// <summary>Whether it is unknown what became of statements that were on their way.</summary>
    public static bool IsLostConnection(Exception exception) => exception switch
    {
        PostgresException refusal => refusal.SqlState.StartsWith("57P", StringComparison.Ordinal) || refusal.SqlState.StartsWith("08", StringComparison.Ordinal),
        _ => IsUnavailable(exception),
    };

    public static StoreUnavailableException Unavailable(Exception cause) =>
        new($"The PostgreSQL database can't be used now: {Reason(cause)}", cause);

    /// <summary>What happened, in one line.</summary>
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
        PostgresErrorCodes.NotNullViolation when refusal is { TableName: "Lanes", ColumnName: "Holder" } =>
            new StoreUnavailableException("Another server has taken over the database.", refusal),
        PostgresErrorCodes.ForeignKeyViolation => new MissingParentException("The row that this one belongs to does not exist.", refusal),
        var code when IsUnavailable(code) || IsCollision(refusal) => Unavailable(refusal),
        _ => refusal,
    };

    // Connection exceptions, resources used up, an operator's doing, a failing disk, damage, a server that only reads, a login that is refused.
    private static bool IsUnavailable(string code) =>
        code.StartsWith("08", StringComparison.Ordinal) || code.StartsWith("53", StringComparison.Ordinal)
        || code.StartsWith("57", StringComparison.Ordinal) || code.StartsWith("58", StringComparison.Ordinal)
        || code.StartsWith("XX", StringComparison.Ordinal) || code.StartsWith("28", StringComparison.Ordinal)
        || code is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName;
}
