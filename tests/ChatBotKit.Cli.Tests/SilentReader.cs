namespace ChatBotKit.Cli.Tests;

/// <summary>A keyboard that nobody touches. Like that of a process, it can't be told to stop waiting.</summary>
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
