using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Starts the process that reads a file: the program of the server itself with a hidden argument. A file that exhausts the stack
/// or the memory ends only that process.
/// </summary>
internal static class ReaderProcess
{
    /// <summary>The variables that the runtime needs. All others stay here, because some of them are secrets.</summary>
    private static readonly string[] KeptVariables =
        ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "LD_LIBRARY_PATH"];

    public static Process Start(ExtractionLimits limits)
    {
        var (program, arguments) = Command();
        var start = new ProcessStartInfo(program, [.. arguments, ExtractionProgram.Argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (var name in KeptVariables)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = limits.MemoryBytes.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>
    /// Returns the program of the server. A published server is a program of its own, or one file; otherwise, also under a test
    /// runner, its assembly is run with the host of this runtime.
    /// </summary>
    private static (string Program, string[] Arguments) Command()
    {
        var name = typeof(ReaderProcess).Assembly.GetName().Name;
        var assembly = Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
        var self = Environment.ProcessPath!;
        if (!File.Exists(assembly) || IsProgram(self, name!))
            return (self, []);
        return (IsProgram(self, "dotnet") ? self : Host(), [assembly]);
    }

    // The name of a program may have dots, so its extension is not simply cut.
    private static bool IsProgram(string path, string name) =>
        Path.GetFileName(path) == name || Path.GetFileName(path).Equals($"{name}.exe", StringComparison.OrdinalIgnoreCase);

    /// <summary>The runtime is in <c>shared/Microsoft.NETCore.App/&lt;version&gt;</c> below its host.</summary>
    private static string Host()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var path = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(path) ? path : name;
    }
}
