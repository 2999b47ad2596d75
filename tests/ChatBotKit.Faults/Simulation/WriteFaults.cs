namespace ChatBotKit.Faults.Simulation;

/// <summary>What happens to one write.</summary>
internal enum WriteFault
{
    None,

    /// <summary>It takes a while, and those behind it wait.</summary>
    Delay,

    /// <summary>It is refused and has no effect.</summary>
    Fail,

    /// <summary>It is refused, but has its effect: the writer cannot know.</summary>
    FailAfterEffect,

    /// <summary>The process ends before it.</summary>
    CrashBefore,

    /// <summary>The process ends after it and before anybody hears of it.</summary>
    CrashAfter,
}

/// <summary>Which writes of a simulation go wrong, by their number from the start.</summary>
internal sealed class WriteFaults
{
    private const int MostNumber = 70;

    private readonly Dictionary<long, WriteFault> _byNumber = [];

    /// <summary>Faults at a few random numbers; none in a fifth of the simulations.</summary>
    public static WriteFaults Of(Random random)
    {
        var faults = new WriteFaults();
        var many = random.Next(5) switch { 0 => 0, 1 => 1, 2 => 2, 3 => 5, _ => 10 };
        for (var i = 0; i < many; i++)
            faults._byNumber[random.Next(1, MostNumber)] = (WriteFault)random.Next(1, 6);
        return faults;
    }

    public static WriteFaults At(long number, WriteFault fault) => new() { _byNumber = { [number] = fault } };

    public override string ToString() => string.Join(", ", _byNumber.Select(fault => $"{fault.Value} at write {fault.Key}"));

    public WriteFault Of(long number) => _byNumber.GetValueOrDefault(number);

    /// <summary>From now on nothing goes wrong.</summary>
    public void End() => _byNumber.Clear();
}
