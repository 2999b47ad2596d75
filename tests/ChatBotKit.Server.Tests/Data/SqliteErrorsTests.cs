using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>The advice for the operator about failures of SQLite.</summary>
public sealed class SqliteErrorsTests
{
    /// <summary>Failures of locks and of shared memory.</summary>
    public static TheoryData<int> OfNetworks =>
    [
        raw.SQLITE_BUSY, raw.SQLITE_PROTOCOL, raw.SQLITE_IOERR_LOCK, raw.SQLITE_IOERR_RDLOCK, raw.SQLITE_IOERR_UNLOCK,
        raw.SQLITE_IOERR_CHECKRESERVEDLOCK, raw.SQLITE_IOERR_SHMOPEN, raw.SQLITE_IOERR_SHMSIZE, raw.SQLITE_IOERR_SHMLOCK,
        raw.SQLITE_IOERR_SHMMAP,
    ];

    public static TheoryData<int> OfDisks =>
    [
        raw.SQLITE_IOERR_READ, raw.SQLITE_IOERR_WRITE, raw.SQLITE_IOERR_FSYNC, raw.SQLITE_FULL, raw.SQLITE_CORRUPT,
        raw.SQLITE_CANTOPEN, raw.SQLITE_READONLY, raw.SQLITE_LOCKED,
    ];

    [Theory]
    [MemberData(nameof(OfNetworks))]
    public void Failure_OfLocksOrSharedMemory_NamesNetworkFileSystems(int code)
    {
        Assert.Contains("network file system (NFS, SMB)", SqliteErrors.Advice(Failure(code), "snapshots"), StringComparison.Ordinal);
        Assert.Contains("network file system (NFS, SMB)", SqliteErrors.Translate(Failure(code)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OfDisks))]
    public void Failure_OfSomethingElse_DoesNot(int code)
    {
        Assert.DoesNotContain("network", SqliteErrors.Advice(Failure(code), "snapshots"), StringComparison.Ordinal);
        Assert.DoesNotContain("network", SqliteErrors.Translate(Failure(code)).Message, StringComparison.Ordinal);
    }

    /// <summary>Creates a failure. The low byte of an extended code is the primary code.</summary>
    private static SqliteException Failure(int extendedCode) => new("It failed.", extendedCode & 0xff, extendedCode);
}
