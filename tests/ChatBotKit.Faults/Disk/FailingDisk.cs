using System.Diagnostics;

namespace ChatBotKit.Faults.Disk;

/// <summary>
/// Makes the system calls of another process on its database files fail. The process preloads a library that reads, at each call,
/// from a file which calls fail and how.
/// </summary>
internal sealed class FailingDisk : IDisposable
{
    public const int InputOutputError = 5;
    public const int NoSpaceLeft = 28;

    private static readonly string[] Compilers = ["cc", "gcc", "clang"];

    private readonly string _directory;
    private readonly string _control;

    private FailingDisk(string directory)
    {
        _directory = directory;
        _control = Path.Combine(directory, "fails");
        Environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Path.Combine(directory, "disk.so"),
            ["FAILING_DISK"] = _control,
        };
    }

    /// <summary>The environment variables of a process that uses the library.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Builds the library. Skips the test with the reason when that is not possible.</summary>
    public static FailingDisk Build()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "System calls can be replaced on Linux only.");
        var directory = Directory.CreateTempSubdirectory("chatbotkit-shim-").FullName;
        var source = Path.Combine(directory, "disk.c");
        File.WriteAllText(source, Source);
        var isBuilt = Compilers.Any(compiler => Compiles(compiler, source, Path.Combine(directory, "disk.so")));
        if (!isBuilt)
            Directory.Delete(directory, recursive: true);
        Assert.SkipUnless(isBuilt, $"There is no C compiler: none of {string.Join(", ", Compilers)} works.");
        return new FailingDisk(directory);
    }

    /// <summary>Makes these calls fail from now on: <c>w</c> for writing, <c>s</c> for flushing, <c>r</c> for reading.</summary>
    public void Fail(char calls, int error)
    {
        var prepared = _control + ".new";
        File.WriteAllText(prepared, $"{calls} {error}");
        File.Move(prepared, _control, overwrite: true);
    }

    public void Mend() => File.Delete(_control);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static bool Compiles(string compiler, string source, string library)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(compiler, ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"])
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

    private const string Source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/syscall.h>
        #include <unistd.h>

        /* The error with which a call of this kind on this file fails now; 0 for none. */
        static int failure(int fd, char kind)
        {
            const char *control = getenv("FAILING_DISK");
            char said[32] = "", link[64], path[512];
            int saved = errno, file, wanted = 0;
            char which = 0;
            if (!control || (file = open(control, O_RDONLY | O_CLOEXEC)) < 0) { errno = saved; return 0; }
            long length = syscall(SYS_read, file, said, sizeof said - 1);
            close(file);
            if (length > 0 && sscanf(said, "%c %d", &which, &wanted) == 2 && which == kind) {
                snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
                ssize_t end = readlink(link, path, sizeof path - 1);
                if (end > 0) {
                    path[end] = 0;
                    if (strstr(path, "chatbotkit.db") && !strstr(path, ".db-shm")) return wanted;
                }
            }
            errno = saved;
            return 0;
        }

        #define PASS(kind, name, ...) \
            static typeof(name) *next; \
            int wanted = failure(fd, kind); \
            if (wanted) { errno = wanted; return -1; } \
            if (!next) next = dlsym(RTLD_NEXT, #name); \
            return next(__VA_ARGS__)

        ssize_t write(int fd, const void *data, size_t count) { PASS('w', write, fd, data, count); }
        ssize_t pwrite(int fd, const void *data, size_t count, off_t at) { PASS('w', pwrite, fd, data, count, at); }
        ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at) { PASS('w', pwrite64, fd, data, count, at); }
        ssize_t pread64(int fd, void *data, size_t count, off64_t at) { PASS('r', pread64, fd, data, count, at); }
        int fsync(int fd) { PASS('s', fsync, fd); }
        int fdatasync(int fd) { PASS('s', fdatasync, fd); }
        """;
}
