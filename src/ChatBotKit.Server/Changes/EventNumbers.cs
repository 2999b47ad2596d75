using System.Security.Cryptography;

namespace ChatBotKit.Server.Changes;

/// <summary>
/// Numbers of events. A number consists of the time in milliseconds and a counter, so that the events of an account are sorted by
/// their numbers, and the numbers need no column beside them for the time.
/// </summary>
internal static class EventNumbers
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>How many bits the counter has. The others suffice for the times until the year 2109.</summary>
    private const int CounterBits = 21;

    private const int IdDigits = 13;

    // Starts at random: after a restart whose clock is behind, a number that is stored already would come again otherwise.
    private static long _counter = RandomNumberGenerator.GetInt32(1 << CounterBits);

    /// <summary>Returns the next number.</summary>
    /// <param name="now">The time in Unix milliseconds.</param>
    public static long Next(long now) => FirstAt(now) | (Interlocked.Increment(ref _counter) & ((1 << CounterBits) - 1));

    /// <summary>Returns the smallest number of a time in Unix milliseconds.</summary>
    public static long FirstAt(long time) => time << CounterBits;

    /// <summary>Returns the smallest number of a time in Unix milliseconds; for a time that no number can have, of the nearest one that it can.</summary>
    public static long NearestAt(long time) => FirstAt(Math.Clamp(time, 0, long.MaxValue >> CounterBits));

    /// <summary>Returns the time of a number in Unix milliseconds.</summary>
    public static long TimeOf(long number) => number >> CounterBits;

    /// <summary>Returns the id of the event with a number. Ids are sorted like numbers.</summary>
    public static string IdOf(long number) => string.Create(IdDigits + 1, number, static (id, rest) =>
    {
        id[0] = 'e';
        for (var index = IdDigits; index > 0; index--)
        {
            (rest, var digit) = Math.DivRem(rest, Digits.Length);
            id[index] = Digits[(int)digit];
        }
    });

    /// <summary>Returns the number of the event with an id; null when it is no id of an event.</summary>
    public static long? NumberOf(string id)
    {
        if (id is not ['e', ..] || id.Length != IdDigits + 1)
            return null;
        var number = 0UL;
        foreach (var character in id.AsSpan(1))
        {
            if (Digits.IndexOf(character, StringComparison.Ordinal) is not (>= 0 and var digit))
                return null;
            number = (number * (ulong)Digits.Length) + (ulong)digit;
        }

        return number <= long.MaxValue ? (long)number : null;
    }
}
