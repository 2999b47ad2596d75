using System.Formats.Tar;
using System.Text;
using ChatBotKit.Cli.Backups;

namespace ChatBotKit.Cli.Tests.Backups;

/// <summary>An incomplete or changed backup is refused, and no part of it is restored.</summary>
public sealed class BackupFileTests : IDisposable
{
    private readonly Terminal _terminal = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Backup => Path.Combine(_terminal.Home, "server.tar");

    private string Restored => Path.Combine(_terminal.Home, "restored");

    public void Dispose() => _terminal.Dispose();

    public static TheoryData<string> KnownNames => ["keys/key-1f-2A.xml", "attachments/a1b2c3"];

    public static TheoryData<string> ForeignNames =>
    [
        "../outside", "attachments/../../outside", "/etc/passwd", "attachments/..", "keys/../chatbotkit.db", "initialized", "lock",
        "chatbotkit.db-wal", "attachments/a/b", "keys/a.txt", "keys\\a.xml", "C:\\a", "CHATBOTKIT.DB",
    ];

    [Theory]
    [MemberData(nameof(KnownNames))]
    public async Task Whole_IsRestoredToTheByte(string name)
    {
        await WriteAsync(ForgedBackup.WithDatabase().With(ForgedBackup.File(name, "two")).ToArray());

        Assert.Equal(ExitCodes.Success, await RestoreAsync());

        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(Restored, "chatbotkit.db"), Token));
        Assert.Equal("two", await File.ReadAllTextAsync(Path.Combine(Restored, name), Token));
        Assert.Equal(0, new FileInfo(Path.Combine(Restored, "initialized")).Length);
    }

    [Fact]
    public async Task AnyByte_Flipped_IsRefused()
    {
        var bytes = ForgedBackup.WithDatabase().ToArray();
        for (var position = 0; position < bytes.Length; position += 7)
        {
            bytes[position] ^= 1;
            await WriteAsync(bytes);
            await Assert.ThrowsAsync<CliException>(() => new BackupFile(Backup, Backup).VerifyAsync(Token));
            bytes[position] ^= 1;
        }

        await WriteAsync(bytes);
        Assert.Equal(0, await _terminal.RunAsync("restore", Backup, "--verify-only"));
    }

    [Fact]
    public async Task AnyLength_CutOff_IsRefused()
    {
        var bytes = ForgedBackup.WithDatabase().ToArray();
        for (var length = 0; length < bytes.Length; length += 13)
        {
            await WriteAsync(bytes[..length]);
            var failure = await Assert.ThrowsAsync<CliException>(() => new BackupFile(Backup, Backup).VerifyAsync(Token));
            Assert.Contains("cut off", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(ForeignNames))]
    public async Task Entry_OfAForeignName_IsRefused(string name) =>
        await AssertRefusedAsync(ForgedBackup.WithDatabase().With(ForgedBackup.File(name)), "which no backup has");

    [Fact]
    public async Task Entry_Twice_IsRefused() =>
        await AssertRefusedAsync(ForgedBackup.WithDatabase().With(ForgedBackup.File("chatbotkit.db")), "which no backup has");

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Directory)]
    public async Task Entry_ThatIsNoFile_IsRefused(TarEntryType type)
    {
        var entry = new PaxTarEntry(type, "attachments/a");
        if (type != TarEntryType.Directory)
            entry.LinkName = "/etc/passwd";

        await AssertRefusedAsync(ForgedBackup.WithDatabase().With(entry), "is no file");
    }

    [Fact]
    public async Task Entry_ThatTheManifestDoesNotName_IsRefused()
    {
        var backup = ForgedBackup.WithDatabase().With(ForgedBackup.File("attachments/added"));
        backup.Told = [new BackupEntry("chatbotkit.db", 4, "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1")];

        await AssertRefusedAsync(backup, "\"attachments/added\" is not in its manifest");
    }

    [Fact]
    public async Task Entry_ThatIsGone_IsRefused()
    {
        var backup = ForgedBackup.WithDatabase();
        backup.Told =
        [
            new BackupEntry("chatbotkit.db", 4, "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"),
            new BackupEntry("attachments/gone", 4, "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"),
        ];

        await AssertRefusedAsync(backup, "\"attachments/gone\" is missing");
    }

    [Theory]
    [InlineData(5, "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1")]
    [InlineData(4, "082d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1")]
    public async Task Entry_OfAnotherSizeOrHash_IsRefused(long size, string sha256)
    {
        var backup = ForgedBackup.WithDatabase();
        backup.Told = [new BackupEntry("chatbotkit.db", size, sha256)];

        await AssertRefusedAsync(backup, "\"chatbotkit.db\" is missing or was changed");
    }

    [Fact]
    public async Task Entry_BehindTheManifest_IsRefused() =>
        await AssertRefusedAsync(Changed(backup => backup.Last = ForgedBackup.File("attachments/last")), "behind its manifest");

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(4096)]
    public async Task Bytes_BehindTheEndOfTheArchive_AreRefused(int count) =>
        await AssertRefusedAsync(Changed(backup => backup.Rest = [.. Enumerable.Repeat((byte)7, count)]), "something was added");

    [Fact]
    public async Task Backup_WithoutADatabase_IsRefused() => await AssertRefusedAsync(new ForgedBackup(), "no database");

    [Fact]
    public async Task Backup_OfANewerFormat_IsRefusedAsThat() =>
        await AssertRefusedAsync(Changed(backup => backup.Format = 2), "a newer cbk");

    [Fact]
    public async Task Archive_WithoutAManifest_IsRefused()
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
            await tar.WriteEntryAsync(ForgedBackup.File("chatbotkit.db"), Token);
        await WriteAsync(ForgedBackup.Seal(archive.ToArray()));

        await AssertRefusedAsync("no manifest");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no archive")]
    [InlineData("no archive, but long enough that there could be a header of one in it, since these have five hundred and twelve bytes")]
    public async Task File_ThatIsNoArchive_IsRefused(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, 10)));
        await WriteAsync(bytes);
        await AssertRefusedAsync("cut off, or is not a backup");
        await WriteAsync(ForgedBackup.Seal(bytes));
        await AssertRefusedAsync(text.Length == 0 ? "cut off" : "damaged");
    }

    [Fact]
    public async Task File_ThatIsNotThere_IsAMistakeOfUsage() =>
        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync("restore", Backup, "--verify-only"));

    [Fact]
    public async Task Restore_IntoAnEmptyDirectory_TakesItsPlace()
    {
        Directory.CreateDirectory(Restored);
        await WriteAsync(ForgedBackup.WithDatabase().ToArray());

        Assert.Equal(ExitCodes.Success, await RestoreAsync());
    }

    [Fact]
    public async Task Restore_WhereSomethingIs_LeavesItAlone()
    {
        Directory.CreateDirectory(Restored);
        await File.WriteAllTextAsync(Path.Combine(Restored, "mine"), "mine", Token);
        await WriteAsync(ForgedBackup.WithDatabase().ToArray());

        Assert.Equal(ExitCodes.Usage, await RestoreAsync());

        Assert.Contains("There is something in", _terminal.Error, StringComparison.Ordinal);
        Assert.Equal("mine", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(Restored))));
    }

    private static ForgedBackup Changed(Action<ForgedBackup> change)
    {
        var backup = ForgedBackup.WithDatabase();
        change(backup);
        return backup;
    }

    private Task WriteAsync(byte[] bytes) => File.WriteAllBytesAsync(Backup, bytes, Token);

    private Task<int> RestoreAsync() => _terminal.RunAsync("restore", Backup, "--to", Restored);

    private async Task AssertRefusedAsync(ForgedBackup backup, string why)
    {
        await WriteAsync(backup.ToArray());
        await AssertRefusedAsync(why);
    }

    /// <summary>Asserts that the check and the restore refuse it, and that the restore leaves no files.</summary>
    private async Task AssertRefusedAsync(string why)
    {
        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("restore", Backup, "--verify-only"));
        Assert.Contains(why, _terminal.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failure, await RestoreAsync());
        Assert.Contains(why, _terminal.Error, StringComparison.Ordinal);
        Assert.Equal([Backup], Directory.GetFileSystemEntries(_terminal.Home));
    }
}
