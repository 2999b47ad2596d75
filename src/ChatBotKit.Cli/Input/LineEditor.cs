namespace ChatBotKit.Cli.Input;

/// <summary>
/// Reads lines from a keyboard with the keys of a shell: cursor, Home, End, words, deletion, and earlier lines with up and
/// down. The maintained packages for this do not support native compilation.
/// </summary>
internal sealed class LineEditor(IKeyboard keyboard, TextWriter screen, Func<int> width)
{
    private readonly LineHistory _history = new();

    private enum Outcome
    {
        GoesOn,
        Entered,
        Ended,
    }

    /// <summary>Reads a line; null when the user ends the input with Ctrl+D.</summary>
    public string? Read(string prompt)
    {
        var line = new EditedLine();
        var view = new LineView(screen, width, prompt);
        view.Show("", 0);
        while (true)
        {
            var outcome = Take(keyboard.Read(), line, view);
            // Pasted text is shown after all of it has been read.
            if (outcome == Outcome.GoesOn && !keyboard.HasMore && !IsHalf(line))
                view.Show(line.Text, line.Cursor);
            if (outcome == Outcome.GoesOn)
                continue;
            view.Finish(line.Text);
            if (outcome == Outcome.Ended)
                return null;
            _history.Add(line.Text);
            return line.Text;
        }
    }

    private static bool IsHalf(EditedLine line) => line.Cursor > 0 && char.IsHighSurrogate(line.Text[line.Cursor - 1]);

    private Outcome Take(ConsoleKeyInfo key, EditedLine line, LineView view)
    {
        if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n')
            return Outcome.Entered;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control) && key.Key == ConsoleKey.D && line.Text.Length == 0)
            return Outcome.Ended;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control))
            TakeControl(key.Key, line, view);
        else if (!TakeNamed(key.Key, line) && !char.IsControl(key.KeyChar))
            line.Insert(key.KeyChar);
        return Outcome.GoesOn;
    }

    private bool TakeNamed(ConsoleKey key, EditedLine line)
    {
        Action? act = key switch
        {
            ConsoleKey.LeftArrow => line.Left,
            ConsoleKey.RightArrow => line.Right,
            ConsoleKey.Home => line.Home,
            ConsoleKey.End => line.End,
            ConsoleKey.Backspace => line.DeleteBefore,
            ConsoleKey.Delete => line.DeleteAt,
            ConsoleKey.UpArrow => () => Recall(_history.Older(line.Text), line),
            ConsoleKey.DownArrow => () => Recall(_history.Newer(), line),
            _ => null,
        };
        act?.Invoke();
        return act is not null;
    }

    private void TakeControl(ConsoleKey key, EditedLine line, LineView view)
    {
        Action? act = key switch
        {
            ConsoleKey.A => line.Home,
            ConsoleKey.E => line.End,
            ConsoleKey.B => line.Left,
            ConsoleKey.F => line.Right,
            ConsoleKey.LeftArrow => line.WordLeft,
            ConsoleKey.RightArrow => line.WordRight,
            ConsoleKey.H or ConsoleKey.Backspace => line.DeleteBefore,
            ConsoleKey.D => line.DeleteAt,
            ConsoleKey.W => line.DeleteWordBefore,
            ConsoleKey.U => line.DeleteAllBefore,
            ConsoleKey.K => line.DeleteAllAfter,
            ConsoleKey.P => () => Recall(_history.Older(line.Text), line),
            ConsoleKey.N => () => Recall(_history.Newer(), line),
            ConsoleKey.L => () => view.ClearScreen(line.Text, line.Cursor),
            _ => null,
        };
        act?.Invoke();
    }

    private static void Recall(string? earlier, EditedLine line)
    {
        if (earlier is not null)
            line.Replace(earlier);
    }
}
