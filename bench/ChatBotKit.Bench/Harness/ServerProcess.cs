using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ChatBotKit.Bench.Floors;

namespace ChatBotKit.Bench.Harness;

/// <summary>A server in another process, so that its processor time and memory are measured separately.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _errors = [];

    private readonly UsageProbe? _probe;

    private ServerProcess(ProcessStartInfo start, UsageProbe? probe)
    {
        _probe = probe;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => ReadAnnouncement(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.Exited += (_, _) => _address.TrySetException(
            new InvalidOperationException($"The server ended at its start. {string.Join('\n', _errors)}"));
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>The time from the start of the process until it was ready.</summary>
    public TimeSpan StartDuration { get; private set; }

    /// <summary>The processor time of all threads and the allocated memory so far. The memory is only known with a probe.</summary>
    public Usage Usage
    {
        get
        {
            if (_probe is not null)
                return _probe.Read();
            _process.Refresh();
            return new Usage(0, _process.TotalProcessorTime);
        }
    }

    /// <summary>The working set of the process in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Returns the largest working set that a child process has had so far, in bytes; 0 when there is none. Linux only.</summary>
    public long LargestChild()
    {
        const string Peak = "VmHWM:";
        try
        {
            // Each thread has the children that it has started.
            return Directory.EnumerateDirectories($"/proc/{_process.Id}/task")
                .SelectMany(thread => File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(id => File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith(Peak, StringComparison.Ordinal)))
                .Max(line => line is null ? 0 : long.Parse(line[Peak.Length..^2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024);
        }
        // The process has ended meanwhile, or there is none.
        catch (Exception exception) when (exception is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Starts a program of this repository with <c>dotnet</c>, and waits until <c>/health/ready</c> responds with 200.</summary>
    public static async Task<ServerProcess> StartAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string directory,
        CancellationToken cancellationToken, bool isProbed = false)
    {
        var probe = isProbed ? new UsageProbe(directory) : null;
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment.Concat(probe?.Environment ?? new Dictionary<string, string>()))
            start.Environment[name] = value;
        return await StartAsync(start, probe, cancellationToken);
    }

    /// <summary>Starts any program that prints its address and serves <c>/health/ready</c>.</summary>
    public static async Task<ServerProcess> StartAsync(ProcessStartInfo start, UsageProbe? probe, CancellationToken cancellationToken)
    {
        var server = new ServerProcess(start, probe);
        try
        {
            await server.StartAsync(cancellationToken);
            probe?.Connect();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Requests the process to exit, and kills it if it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await AskToEndAsync(limit.Token);
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
        _probe?.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Address = await _address.Task.WaitAsync(StartLimit, cancellationToken);
        using var http = new HttpClient { BaseAddress = Address, Timeout = StartLimit };
        using var answer = await http.GetAsync("/health/ready", cancellationToken);
        answer.EnsureSuccessStatusCode();
        StartDuration = watch.Elapsed;
    }

    private void ReadAnnouncement(string? line)
    {
        if (line?.IndexOf(FloorProgram.Announcement, StringComparison.Ordinal) is >= 0 and var start)
            _address.TrySetResult(new Uri(line[(start + FloorProgram.Announcement.Length)..]));
    }

    private async Task AskToEndAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
            return;
        }

        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }
}
