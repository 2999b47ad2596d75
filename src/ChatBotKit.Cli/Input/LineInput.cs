namespace ChatBotKit.Cli.Input;

/// <summary>
/// Reads the lines of a chat from a keyboard with editing, or from a pipe. A blocking read cannot be canceled, so it runs
/// on a separate thread and is abandoned when the program is interrupted.
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
