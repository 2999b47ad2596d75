using System.Collections.Concurrent;
using System.Diagnostics;
using ChatBotKit.Server.Hosting;

namespace ChatBotKit.EndToEnd.Tests;

/// <summary>The published server in another process that a test can kill.</summary>
internal sealed class ServerRun : IAsyncDisposable
{
    /// <summary>The text before the address in the line that the server prints once it listens.</summary>
    private const string Announcement = "listens on ";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _errors = [];

    private ServerRun(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => ReadAnnouncement(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.Exited += (_, _) => _address.TrySetException(
            new InvalidOperationException($"The server ended at its start. {string.Join('\n', _errors)}"));
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>The id of the process, for measurements of its memory and processor time.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts the server with these settings on a free port and waits until it listens.</summary>
    /// <param name="settings">The settings of the server.</param>
    /// <param name="cancellationToken">The token that cancels the start.</param>
    /// <param name="environment">Additional environment variables of the process; null for none.</param>
    public static async Task<ServerRun> StartAsync(
        IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null)
    {
        var server = Launch(settings, environment);
        try
        {
            await server.WaitUntilListeningAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server without waiting, for a test that kills it before it listens, or expects it to refuse to start.</summary>
    /// <param name="settings">The settings of the server.</param>
    /// <param name="environment">Additional environment variables of the process; null for none.</param>
    /// <param name="command">A command with its arguments, which the program executes instead of serving.</param>
    public static ServerRun Launch(
        IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string>? environment = null, params string[] command)
    {
        var program = typeof(ChatBotKitServer).Assembly.Location;
        var start = new ProcessStartInfo(
            "dotnet", [program, .. command, "--urls=http://127.0.0.1:0", .. settings.Select(one => $"--{one.Key}={one.Value}")])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var server = new ServerRun(start);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    public async Task WaitUntilListeningAsync(CancellationToken cancellationToken) =>
        Address = await _address.Task.WaitAsync(StartLimit, cancellationToken);

    /// <summary>Waits until the process has exited.</summary>
    /// <returns>The exit code, and the standard error output.</returns>
    public async Task<(int Code, string Errors)> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(StartLimit, cancellationToken);
        return (_process.ExitCode, string.Join('\n', _errors).Trim());
    }

    /// <summary>Kills the process, and waits until it has ended.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void ReadAnnouncement(string? line)
    {
        if (line?.IndexOf(Announcement, StringComparison.Ordinal) is >= 0 and var start)
            _address.TrySetResult(new Uri(line[(start + Announcement.Length)..]));
    }
}
