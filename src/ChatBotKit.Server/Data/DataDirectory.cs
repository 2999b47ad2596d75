using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Data;

/// <summary>The server's directory, held by one process at a time and readable by its owner alone.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream heldLock)
    {
        Path = path;
        _lock = heldLock;
    }

    public string Path { get; }

    /// <summary>Whether a server has ever stored something here; a database that is missing then was lost.</summary>
    public bool IsInitialized => File.Exists(Combine("initialized"));

    /// <exception cref="StartupException">The directory can't be written, or another server holds it.</exception>
    public static DataDirectory Hold(string path) => HoldUnlessTaken(path) ?? throw new StartupException(
        $"Another server is running on the data directory '{System.IO.Path.GetFullPath(path)}'. Stop it, or set CHATBOTKIT_DATA_DIR to another directory.");

    /// <returns>Null when a server is running on the directory.</returns>
    /// <exception cref="StartupException">The directory can't be written.</exception>
    public static DataDirectory? HoldUnlessTaken(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            CreateDirectory(path);
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

    /// <summary>A name that no other data directory has; made when it is asked for first.</summary>
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

    /// <summary>Creates a file that only the owner can read, unless there is one.</summary>
    public string CreateEmptyFile(string name)
    {
        var path = Combine(name);
        OpenFile(path, FileMode.OpenOrCreate).Dispose();
        return path;
    }

    public string CreateSubdirectory(string name)
    {
        var path = Combine(name);
        CreateDirectory(path);
        return path;
    }

    // The file stays: to delete it would take it from a process that has just begun to wait for it.
    public void Dispose() => _lock.Dispose();

    /// <summary>Wherever the directory lies, its content is never in the view of a Git repository around it.</summary>
    private void HideFromGit()
    {
        var path = Combine(".gitignore");
        if (File.Exists(path))
            return;
        using var file = OpenFile(path, FileMode.OpenOrCreate);
        file.Write("*\n"u8);
    }

    private static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static FileStream OpenFile(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    // ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK on Linux and on macOS.
    private static bool IsHeldByAnother(IOException exception) =>
        exception.HResult is unchecked((int)0x80070020) or 11 or 35;
}
