namespace ChatBotKit.Faults.Simulation;

/// <summary>The fault of one write.</summary>
internal enum WriteFault
{
    None,

    /// <summary>The write takes a while, and those after it wait.</summary>
    Delay,

    /// <summary>The write is refused and has no effect.</summary>
    Fail,

    /// <summary>The write is refused but has its effect, which the writer cannot know.</summary>
    FailAfterEffect,

    /// <summary>The process ends before the write.</summary>
    CrashBefore,

    /// <summary>The process ends after the write, before its writer gets the result.</summary>
    CrashAfter,
}

/// <summary>The faults of a simulation's writes, by their number from the start.</summary>
internal sealed class WriteFaults
{
    private const int MostNumber = 70;

    private readonly Dictionary<long, WriteFault> _byNumber = [];

    /// <summary>Returns faults at a few random numbers; none in a fifth of the simulations.</summary>
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

    /// <summary>Ends all faults.</summary>
    public void End() => _byNumber.Clear();
}
