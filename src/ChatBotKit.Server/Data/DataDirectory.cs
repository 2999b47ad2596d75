using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Data;

/// <summary>The server's data directory. Only one process at a time holds it, and only its owner can read it.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream heldLock)
    {
        Path = path;
        _lock = heldLock;
    }

    public string Path { get; }

    /// <summary>Whether a server has stored something here before. If so and the database is missing, the database was lost.</summary>
    public bool IsInitialized => File.Exists(Combine("initialized"));

    /// <exception cref="StartupException">The directory can't be written, or another server holds it.</exception>
    public static DataDirectory Hold(string path) => HoldUnlessTaken(path) ?? throw new StartupException(
        $"Another server is running on the data directory '{System.IO.Path.GetFullPath(path)}'. Stop it, or set CHATBOTKIT_DATA_DIR to another directory.");

    /// <returns>The directory; null when a server is running on it.</returns>
    /// <exception cref="StartupException">The directory can't be written.</exception>
    public static DataDirectory? HoldUnlessTaken(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            OwnerOnly.CreateDirectory(path);
            var held = new DataDirectory(path, OpenFile(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate));
            try
            {
                held.HideFromGit();
                return held;
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (IOException exception) when (IsHeldByAnother(exception))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The data directory '{path}' can't be written: {exception.Message} Set CHATBOTKIT_DATA_DIR to one that this user owns.", exception);
        }
    }

    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Returns the unique name of this data directory. The first call creates it.</summary>
    public string ReadNodeName()
    {
        var path = Combine("node");
        if (File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } name)
            return name;
        name = Ids.New();
        using var file = OpenFile(path, FileMode.Create);
        file.Write(System.Text.Encoding.ASCII.GetBytes(name));
        file.Flush(flushToDisk: true);
        return name;
    }

    public void MarkInitialized()
    {
        if (!IsInitialized)
            CreateEmptyFile("initialized");
    }

    /// <summary>Creates a file that only the owner can read. An existing file is left as it is.</summary>
    public string CreateEmptyFile(string name)
    {
        var path = Combine(name);
        OpenFile(path, FileMode.OpenOrCreate).Dispose();
        return path;
    }

    public string CreateSubdirectory(string name)
    {
        var path = Combine(name);
        OwnerOnly.CreateDirectory(path);
        return path;
    }

    // The file stays: deleting it would remove it under another process that has just opened it to wait for the lock.
    public void Dispose() => _lock.Dispose();

    /// <summary>Adds a file that makes Git ignore the directory, in case it lies inside a repository.</summary>
    private void HideFromGit()
    {
        var path = Combine(".gitignore");
        if (File.Exists(path))
            return;
        using var file = OpenFile(path, FileMode.OpenOrCreate);
        file.Write("*\n"u8);
    }

    private static FileStream OpenFile(string path, FileMode mode) =>
        new(path, new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None }.Protect());

    // ERROR_SHARING_VIOLATION on Windows; EWOULDBLOCK on Linux and macOS.
    private static bool IsHeldByAnother(IOException exception) =>
        exception.HResult is unchecked((int)0x80070020) or 11 or 35;
}
