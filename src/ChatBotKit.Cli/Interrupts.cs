namespace ChatBotKit.Cli;

/// <summary>
/// Who is told about Ctrl+C: the one who listens last, and the ones before it only as far as that one does not take it. So an
/// answer can be stopped without the program, and a second Ctrl+C reaches the program.
/// </summary>
internal sealed class Interrupts
{
    private readonly Lock _changing = new();
    private readonly List<Func<bool>> _listeners = [];

    /// <summary>The keyboard of this process.</summary>
    public static Interrupts OfProcess()
    {
        var interrupts = new Interrupts();
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = interrupts.Raise();
        return interrupts;
    }

    /// <param name="interrupted">Called for each Ctrl+C until what is returned is disposed; tells whether it takes it.</param>
    public IDisposable Listen(Func<bool> interrupted)
    {
        lock (_changing)
            _listeners.Add(interrupted);
        return new Subscription(this, interrupted);
    }

    /// <summary>Whether somebody took it; else the process ends.</summary>
    public bool Raise()
    {
        Func<bool>[] listeners;
        lock (_changing)
            listeners = [.. _listeners];
        return listeners.Reverse().Any(listener => listener());
    }

    private sealed class Subscription(Interrupts interrupts, Func<bool> interrupted) : IDisposable
    {
        public void Dispose()
        {
            lock (interrupts._changing)
                interrupts._listeners.Remove(interrupted);
        }
    }
}
