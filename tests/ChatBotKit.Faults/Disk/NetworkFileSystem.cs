using System.Diagnostics;

namespace ChatBotKit.Faults.Disk;

/// <summary>
/// Makes the database files of another process behave as on a network file system. The process preloads a library that refuses to
/// lock them, or to share their memory.
/// </summary>
internal sealed class NetworkFileSystem : IDisposable
{
    private static readonly string[] Compilers = ["cc", "gcc", "clang"];

    private readonly string _directory;

    private NetworkFileSystem(string directory) => _directory = directory;

    /// <summary>Builds the library. Skips the test with the reason when that is not possible.</summary>
    public static NetworkFileSystem Build()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "System calls can be replaced on Linux only.");
        var directory = Directory.CreateTempSubdirectory("chatbotkit-network-").FullName;
        var source = Path.Combine(directory, "network.c");
        File.WriteAllText(source, Source);
        var isBuilt = Compilers.Any(compiler => Compiles(compiler, source, Path.Combine(directory, "network.so")));
        if (!isBuilt)
            Directory.Delete(directory, recursive: true);
        Assert.SkipUnless(isBuilt, $"There is no C compiler: none of {string.Join(", ", Compilers)} works.");
        return new NetworkFileSystem(directory);
    }

    /// <summary>Returns the environment variables of a process that uses the library.</summary>
    /// <param name="calls">The failing calls: <c>lock</c> or <c>map</c>.</param>
    /// <param name="error">The error code.</param>
    public Dictionary<string, string> Environment(string calls, int error) => new()
    {
        ["LD_PRELOAD"] = Path.Combine(_directory, "network.so"),
        ["NETWORK_FILES"] = $"{calls} {error}",
    };

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static bool Compiles(string compiler, string source, string library)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(compiler, ["-shared", "-fPIC", "-O1", "-o", library, source])
            {
                RedirectStandardError = true,
            })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    // The library makes system calls directly, because the C library may not be initialized at the first of them.
    private const string Source = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <stdarg.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <sys/syscall.h>
        #include <unistd.h>

        /* The error with which such a call on this file fails; 0 for none. */
        static int failure(int fd, const char *kind, const char *name)
        {
            const char *said = getenv("NETWORK_FILES");
            char which[8] = "", link[64], path[512];
            int wanted = 0;
            if (fd < 0 || !said || sscanf(said, "%7s %d", which, &wanted) != 2 || strcmp(which, kind)) return 0;
            snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
            ssize_t end = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
            if (end <= 0) return 0;
            path[end] = 0;
            return strstr(path, name) ? wanted : 0;
        }

        static int control(int fd, int command, void *argument)
        {
            struct flock *lock = argument;
            int wanted = command == F_SETLK && lock->l_type != F_UNLCK ? failure(fd, "lock", "chatbotkit.db") : 0;
            if (wanted) { errno = wanted; return -1; }
            return syscall(SYS_fcntl, fd, command, argument);
        }

        int fcntl(int fd, int command, ...)
        {
            va_list rest; va_start(rest, command); void *argument = va_arg(rest, void *); va_end(rest);
            return control(fd, command, argument);
        }

        int fcntl64(int fd, int command, ...)
        {
            va_list rest; va_start(rest, command); void *argument = va_arg(rest, void *); va_end(rest);
            return control(fd, command, argument);
        }

        void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset)
        {
            int wanted = failure(fd, "map", ".db-shm");
            if (wanted) { errno = wanted; return MAP_FAILED; }
            return (void *)syscall(SYS_mmap, at, length, protection, flags, fd, offset);
        }

        void *mmap64(void *at, size_t length, int protection, int flags, int fd, off64_t offset)
        {
            return mmap(at, length, protection, flags, fd, offset);
        }
        """;
}
