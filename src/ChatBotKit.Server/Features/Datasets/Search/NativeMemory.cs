using System.Runtime.InteropServices;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>The memory that native code, such as SQLite, allocates.</summary>
internal static class NativeMemory
{
    /// <summary>
    /// Returns freed memory to the system. The pages of a closed database are freed one by one, and the allocator of glibc keeps them for
    /// later, which may never come. Does nothing where another allocator is in use.
    /// </summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = malloc_trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // The C library is another one, such as musl, which keeps less.
        }
    }

    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int malloc_trim(nuint pad);
}
