namespace ChatBotKit.Cli.Tests;

/// <summary>A keyboard without input. Like that of a process, a pending read can't be cancelled.</summary>
internal sealed class SilentReader : TextReader
{
    private readonly ManualResetEventSlim _end = new();

    public override string? ReadLine()
    {
        _end.Wait();
        return null;
    }

    public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => ValueTask.FromResult(ReadLine());

    protected override void Dispose(bool disposing)
    {
        _end.Set();
        base.Dispose(disposing);
    }
}
