using System.ComponentModel;
using System.Diagnostics;

namespace ChatBotKit.EndToEnd.Tests.Foreign;

/// <summary>The scripts in <c>Foreign/node</c> with their packages, which are installed once per test run.</summary>
internal static class NodeProject
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ScriptLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ProgramLimit = TimeSpan.FromMinutes(3);
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Foreign", "node");

    /// <summary>Runs a script to its end. The test fails with its output, and is skipped when Node is missing.</summary>
    public static async Task RunAsync(string script, IReadOnlyDictionary<string, string> environment)
    {
        await Installed.Value;
        var (exitCode, output) = await StartAsync("node", [script], environment, ScriptLimit);
        Assert.True(exitCode == 0, $"{script} ended with {exitCode}:\n{output}");
    }

    /// <summary>Runs a program without packages to its end, and returns its output.</summary>
    public static async Task<string> RunProgramAsync(string path, params IReadOnlyList<string> arguments)
    {
        await RequireNodeAsync();
        var (exitCode, output) = await StartAsync("node", [path, .. arguments], new Dictionary<string, string>(), ProgramLimit);
        Assert.True(exitCode == 0, $"{path} ended with {exitCode}:\n{output}");
        return output;
    }

    private static async Task RequireNodeAsync()
    {
        var (version, printed) = await StartAsync("node", ["--version"], new Dictionary<string, string>(), ScriptLimit);
        Assert.SkipWhen(version != 0, "Node is not installed: " + printed);
    }

    private static async Task InstallAsync()
    {
        await RequireNodeAsync();
        string[] install = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
        var (exitCode, output) = await StartAsync("npm", install, new Dictionary<string, string>(), InstallLimit);
        Assert.SkipWhen(exitCode != 0, "The Node packages could not be installed: " + output);
    }

    private static async Task<(int ExitCode, string Output)> StartAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return (127, exception.Message);
        }
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(limit);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (124, $"stopped after {limit}\n{await output}{await errors}");
        }
        return (process.ExitCode, await output + await errors);
    }
}
