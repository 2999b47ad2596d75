using System.Diagnostics;

namespace ChatBotKit.Bench.Harness;

/// <summary>Installs packages for the Node programs of this folder.</summary>
internal static class NodePackages
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    /// <summary>Installs the packages of a folder from its lock file. Returns the error, or null.</summary>
    public static async Task<string?> InstallAsync(string folder, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(InstallLimit);
        using var npm = Process.Start(StartIn(folder, "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]))!;
        try
        {
            var printed = npm.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = await npm.StandardError.ReadToEndAsync(limit.Token);
            await printed;
            await npm.WaitForExitAsync(limit.Token);
            return npm.ExitCode == 0 ? null : errors.ReplaceLineEndings(" ");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"not done after {InstallLimit}";
        }
        finally
        {
            if (!npm.HasExited)
                npm.Kill(entireProcessTree: true);
        }
    }

    public static ProcessStartInfo StartIn(string folder, string program, IEnumerable<string> arguments) => new(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
