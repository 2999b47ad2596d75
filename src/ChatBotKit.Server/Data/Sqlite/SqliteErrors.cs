using ChatBotKit.Server.Configuration;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Translates SQLite's result codes to the store's exceptions.</summary>
internal static class SqliteErrors
{
    public static bool IsUniqueViolation(SqliteException exception) =>
        exception.SqliteExtendedErrorCode == raw.SQLITE_CONSTRAINT_UNIQUE;

    /// <summary>Whether a NOT NULL constraint failed.</summary>
    public static bool IsMissingValue(SqliteException exception) =>
        exception.SqliteExtendedErrorCode == raw.SQLITE_CONSTRAINT_NOTNULL;

    /// <summary>Returns the store's exception for a failure of SQLite, or the given exception when there is no better one.</summary>
    public static Exception Translate(Exception exception)
    {
        if (exception is not SqliteException error)
            return exception;
        return error.SqliteExtendedErrorCode switch
        {
            raw.SQLITE_CONSTRAINT_FOREIGNKEY => new MissingParentException("The row that this one belongs to does not exist.", error),
            raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_UNIQUE =>
                new DuplicateKeyException("A row with this key exists already.", error),
            raw.SQLITE_CONSTRAINT_NOTNULL when error.Message.Contains("DueWork.Key", StringComparison.Ordinal) =>
                new StaleWriteException("The lease of the work is over.", error),
            _ when IsUnavailable(error.SqliteErrorCode) =>
                new StoreUnavailableException($"The database can't be used now: {error.Message}{NetworkAdvice(error)}", error) { IsDamage = IsDamage(error) },
            _ => exception,
        };
    }

    /// <summary>Whether the file itself is damaged, so that waiting does not help.</summary>
    public static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>Returns the exception for a database that can't be used by a command or at the start, with advice.</summary>
    /// <param name="path">The path of the database.</param>
    /// <param name="what">What can't be done with it, such as <c>can't be opened</c>.</param>
    /// <param name="exception">The failure.</param>
    /// <param name="snapshots">The directory of the snapshots.</param>
    public static StartupException Refusal(string path, string what, SqliteException exception, string snapshots = "snapshots") =>
        new($"The database '{path}' {what}: {exception.Message} {Advice(exception, snapshots)}", exception);

    /// <summary>Returns advice for the operator; empty when there is none.</summary>
    public static string Advice(SqliteException exception, string snapshots) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_ERROR => $"Restore it from a backup or from '{snapshots}'.",
        raw.SQLITE_FULL => "Make room on its disk.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"Another program has it open; close that one first.{NetworkAdvice(exception)}",
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => "Let this user write the file and its directory.",
        raw.SQLITE_PROTOCOL => NetworkAdvice(exception).TrimStart(),
        raw.SQLITE_IOERR => $"Check its disk.{NetworkAdvice(exception)}",
        _ => "",
    };

    /// <summary>Logs a warning before anything fails. On such a file system two servers may not even notice each other.</summary>
    public static void WarnOfNetwork(string directory, ILogger logger)
    {
        if (NetworkFormat(directory) is { } format)
        {
            logger.LogWarning(
                "The data directory {Directory} lies on a network file system ({Format}), on which SQLite is not safe. Use a local disk.",
                directory, format);
        }
    }

    /// <summary>Returns advice about network file systems when locks or shared memory fail; empty for every other failure.</summary>
    private static string NetworkAdvice(SqliteException exception) => IsOfLocks(exception)
        ? " If no other program has it open, the data directory may lie on a network file system (NFS, SMB) or a shared folder of a virtual machine, whose locks or shared memory do not work for SQLite: move it to a local disk."
        : "";

    private static bool IsOfLocks(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_PROTOCOL
        || exception.SqliteExtendedErrorCode is raw.SQLITE_IOERR_LOCK or raw.SQLITE_IOERR_RDLOCK or raw.SQLITE_IOERR_UNLOCK
            or raw.SQLITE_IOERR_CHECKRESERVEDLOCK or raw.SQLITE_IOERR_SHMOPEN or raw.SQLITE_IOERR_SHMSIZE
            or raw.SQLITE_IOERR_SHMLOCK or raw.SQLITE_IOERR_SHMMAP;

    private static string? NetworkFormat(string directory)
    {
        try
        {
            return new DriveInfo(directory) is { DriveType: DriveType.Network } drive ? drive.DriveFormat : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsUnavailable(int code) => code is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_READONLY
        or raw.SQLITE_CANTOPEN or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_BUSY or raw.SQLITE_LOCKED
        or raw.SQLITE_PROTOCOL or raw.SQLITE_NOMEM or raw.SQLITE_PERM;
}
