using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ChatBotKit.Bench.Harness;

/// <summary>The official SDK for Node in another process. It reads the same answer on each request.</summary>
internal sealed class NodeReader : IAsyncDisposable
{
    private static readonly TimeSpan ReadLimit = TimeSpan.FromMinutes(5);

    private readonly Process? _process;

    private NodeReader(Process? process, string? missing)
    {
        _process = process;
        Missing = missing;
    }

    /// <summary>The reason why it can't be measured; null when it can.</summary>
    public string? Missing { get; }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Node");

    /// <summary>Installs the packages of the script and starts it.</summary>
    public static async Task<NodeReader> StartAsync(Uri server, CancellationToken cancellationToken)
    {
        try
        {
            if (await NodePackages.InstallAsync(Folder, cancellationToken) is { } failure)
                return new NodeReader(null, "the Node packages could not be installed: " + failure);
            return new NodeReader(Start("node", ["read.mjs", server.AbsoluteUri]), missing: null);
        }
        catch (Win32Exception exception)
        {
            return new NodeReader(null, "Node is not installed: " + exception.Message);
        }
    }

    public async Task<(int Events, double Seconds)> ReadAsync(CancellationToken cancellationToken)
    {
        await _process!.StandardInput.WriteLineAsync("again".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(ReadLimit, cancellationToken);
        return line?.Split(' ') is [var events, var seconds]
            ? (int.Parse(events, CultureInfo.InvariantCulture), double.Parse(seconds, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException("The Node script ended. " + await _process.StandardError.ReadToEndAsync(cancellationToken));
    }

    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            _process.Kill(entireProcessTree: true);
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(NodePackages.StartIn(Folder, program, arguments))!;
}
