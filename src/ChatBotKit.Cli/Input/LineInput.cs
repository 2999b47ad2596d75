namespace ChatBotKit.Cli.Input;

/// <summary>
/// Where the lines of a chat come from: a keyboard with editing, or a pipe. A read that waits for input can't be called back,
/// so it waits on a thread of its own, and whoever is interrupted leaves it there.
/// </summary>
internal sealed class LineInput(Surroundings surroundings)
{
    private readonly LineEditor? _editor = surroundings.Keyboard is { } keyboard
        ? new LineEditor(keyboard, surroundings.Error, surroundings.Width)
        : null;

    /// <summary>Reads a line; null at the end of the input.</summary>
    public async Task<string?> ReadAsync(string prompt, CancellationToken cancellationToken)
    {
        if (_editor is not null)
            return await Task.Run(() => _editor.Read(prompt), cancellationToken).WaitAsync(cancellationToken);
        if (surroundings.IsInteractive)
            await surroundings.Error.WriteAsync(prompt);
        return await Task.Run(() => surroundings.In.ReadLineAsync(cancellationToken).AsTask(), cancellationToken).WaitAsync(cancellationToken);
    }
}
