namespace ChatBotKit.Cli;

/// <summary>
/// Who is told about Ctrl+C: the one who listens last, and nobody else. So an answer can be stopped without the program.
/// </summary>
internal sealed class Interrupts
{
    private readonly Lock _changing = new();
    private readonly List<Action> _listeners = [];

    /// <summary>The keyboard of this process.</summary>
    public static Interrupts OfProcess()
    {
        var interrupts = new Interrupts();
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = interrupts.Raise();
        return interrupts;
    }

    /// <param name="interrupted">Called for each Ctrl+C until what is returned is disposed.</param>
    public IDisposable Listen(Action interrupted)
    {
        lock (_changing)
            _listeners.Add(interrupted);
        return new Subscription(this, interrupted);
    }

    /// <summary>Whether somebody listened.</summary>
    public bool Raise()
    {
        Action? last;
        lock (_changing)
            last = _listeners.LastOrDefault();
        last?.Invoke();
        return last is not null;
    }

    private sealed class Subscription(Interrupts interrupts, Action interrupted) : IDisposable
    {
        public void Dispose()
        {
            lock (interrupts._changing)
                interrupts._listeners.Remove(interrupted);
        }
    }
}
