namespace ChatBotKit.Cli;

/// <summary>
/// Delivers Ctrl+C to its listeners, the newest first, until one of them handles it. So a first Ctrl+C can stop an answer,
/// and a second one stops the program.
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

    /// <param name="interrupted">
    /// Called for each Ctrl+C until the returned object is disposed. It returns whether it handled the interrupt.
    /// </param>
    public IDisposable Listen(Func<bool> interrupted)
    {
        lock (_changing)
            _listeners.Add(interrupted);
        return new Subscription(this, interrupted);
    }

    /// <summary>Returns whether a listener handled the interrupt; otherwise the process ends.</summary>
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
