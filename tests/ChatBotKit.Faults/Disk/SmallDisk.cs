using System.Diagnostics;

namespace ChatBotKit.Faults.Disk;

/// <summary>A disk of a few megabytes in memory, which can be filled up and made read-only. Mounting one requires root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _ballast;

    private SmallDisk(string path)
    {
        Path = path;
        _ballast = System.IO.Path.Combine(path, "ballast");
    }

    public string Path { get; }

    /// <summary>Mounts a disk. Skips the test with the reason when that is not possible.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("chatbotkit-disk-").FullName;
        var refusal = OperatingSystem.IsLinux()
            ? Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path)
            : "there is no tmpfs on this system";
        if (refusal is not null)
            Directory.Delete(path);
        Assert.SkipWhen(refusal is not null, $"A small disk can't be mounted: {refusal}");
        return new SmallDisk(path);
    }

    /// <summary>Uses all free space.</summary>
    public void Fill()
    {
        // Without a buffer, because its rest would be written again when the file is closed.
        using var file = new FileStream(_ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    public void MakeRoom() => File.Delete(_ballast);

    /// <summary>Makes a user the owner of the disk. Skips the test with the reason when that is not possible.</summary>
    public void GiveTo(string user)
    {
        var refusal = Run("chown", user, Path);
        Assert.SkipWhen(refusal is not null, $"The small disk can't get another owner: {refusal}");
    }

    public void MakeReadOnly() => Assert.Null(Run("mount", "-o", "remount,ro", Path));

    public void Dispose()
    {
        // Lazily, because a pooled connection may still have a file open.
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    /// <summary>Returns the error output of the program; null when it has succeeded.</summary>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var complaint = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : complaint.Trim();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
