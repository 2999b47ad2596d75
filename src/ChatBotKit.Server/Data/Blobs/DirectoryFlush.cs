using System.Runtime.InteropServices;
using System.Text;

namespace ChatBotKit.Server.Data;

/// <summary>Writes the entries of a directory to the disk. Without this, a new name of a file may be lost when the power fails.</summary>
internal static class DirectoryFlush
{
    private const int InvalidArgument = 22;

    /// <summary>Flushes the directory. Does nothing on Windows, where a directory can't be flushed.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = open(Encoding.UTF8.GetBytes(directory + '\0'), flags: 0);
        if (handle < 0)
            throw Failure(directory, Marshal.GetLastPInvokeError());
        try
        {
            // Some network file systems can't flush a directory.
            if (fsync(handle) != 0 && Marshal.GetLastPInvokeError() is not InvalidArgument and var error)
                throw Failure(directory, error);
        }
        finally
        {
            _ = close(handle);
        }
    }

    private static IOException Failure(string directory, int error) =>
        new($"The directory '{directory}' can't be flushed: {Marshal.GetPInvokeErrorMessage(error)}", error);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int handle);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int handle);
}
