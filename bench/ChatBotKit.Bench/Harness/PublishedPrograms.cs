using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ChatBotKit.Bench.Harness;

/// <summary>
/// The server and the floors as published programs, because publishing affects start and memory. Both are published in the same
/// way, once per run.
/// </summary>
internal sealed record PublishedPrograms(BenchOptions Options, string FloorPath)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static PublishedPrograms? _published;

    /// <summary>Publishes the programs, or uses the server from the options.</summary>
    public static async Task<PublishedPrograms> FindAsync(BenchOptions options, CancellationToken cancellationToken) =>
        _published ??= await PublishAsync(options, cancellationToken);

    private static async Task<PublishedPrograms> PublishAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var root = Root();
        var output = Path.Combine(root, "artifacts", "bench");
        var server = options.ServerIsNamed
            ? options.ServerPath
            : await PublishAsync(root, "src", "ChatBotKit.Server", output, cancellationToken);
        var floor = await PublishAsync(root, "bench", "ChatBotKit.Bench.Floors", output, cancellationToken);
        return new PublishedPrograms(options with { ServerPath = server }, floor);
    }

    private static async Task<string> PublishAsync(
        string root, string folder, string project, string output, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"Publishing {project}…");
        var path = Path.Combine(output, project);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var dotnet = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", Path.Combine(root, folder, project), "-c", "Release", "-v", "q", "-nologo", "-nodeReuse:false", "-o", path,
                "-r", RuntimeInformation.RuntimeIdentifier, "--no-self-contained"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var printed = await dotnet.StandardOutput.ReadToEndAsync(limit.Token);
            await dotnet.WaitForExitAsync(limit.Token);
            return dotnet.ExitCode == 0
                ? Path.Combine(path, project + ".dll")
                : throw new InvalidOperationException($"{project} could not be published. {printed}");
        }
        finally
        {
            if (!dotnet.HasExited)
                dotnet.Kill(entireProcessTree: true);
        }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ChatBotKit.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The benchmark must lie in the repository, whose programs it publishes.");
    }
}
