using System.Diagnostics;
using System.Text;

namespace ChatBotKit.Cli.Tests;

/// <summary>A shell in a pseudoterminal of the operating system. It uses <c>script</c> of util-linux, which every Linux has.</summary>
internal sealed class PseudoTerminal : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly StringBuilder _shown = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly Task _reading;

    private PseudoTerminal(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>Gets the path of the program that the tests were built with.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "cbk");

    /// <summary>Gets all output, including the control sequences.</summary>
    public string Shown
    {
        get
        {
            lock (_shown)
                return _shown.ToString();
        }
    }

    /// <param name="commands">The commands of the shell. The shell ignores Ctrl+C, so that it can report how a command has ended.</param>
    /// <param name="columns">The width of the terminal.</param>
    /// <param name="variables">The environment; null removes a variable.</param>
    public static PseudoTerminal Start(string commands, int columns, IReadOnlyDictionary<string, string?> variables)
    {
        // A process that was started in the background ignores Ctrl+C, and so would the shell.
        var start = new ProcessStartInfo(
            "env",
            ["--default-signal=INT", "script", "-q", "-e", "-c", $"trap : INT; stty cols {columns} rows 24; {commands}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        var defaults = new Dictionary<string, string?>
        {
            ["TERM"] = "xterm-256color",
            ["NO_COLOR"] = null,
            ["CI"] = null,
            ["SHELL"] = "/bin/sh",
            ["CBK"] = Program,
        };
        foreach (var (name, value) in defaults.Concat(variables))
            start.Environment[name] = value;
        return new PseudoTerminal(Process.Start(start)!);
    }

    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until the text was shown, after another one if that is given.</summary>
    public async Task SeeAsync(string text, string after = "")
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (!IsShown(text, after) && !_reading.IsCompleted)
                await _changed.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Reported below.
        }

        Assert.True(IsShown(text, after), $"\"{text}\" was not shown:\n{Shown}");
    }

    /// <summary>Waits for the end, and returns all output.</summary>
    public async Task<string> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        await _reading.WaitAsync(Patience);
        return Shown;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _changed.Dispose();
    }

    private bool IsShown(string text, string after) =>
        Shown is var shown && shown.IndexOf(after, StringComparison.Ordinal) is >= 0 and var start && shown.IndexOf(text, start, StringComparison.Ordinal) >= 0;

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await _process.StandardOutput.ReadAsync(buffer) is var count and > 0)
        {
            lock (_shown)
                _shown.Append(buffer, 0, count);
            _changed.Release();
        }

        _changed.Release();
    }
}
