using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ChatBotKit.Server.Data;

/// <summary>Creates ids in the format of the API: a letter, then lower-case letters and digits.</summary>
internal static class Ids
{
    /// <summary>Sorted as SQLite sorts them.</summary>
    private const string LettersAndDigits = "0123456789abcdefghijklmnopqrstuvwxyz";

    private const int Length = 24;
    private const int TimeLength = 8;

    /// <summary>
    /// Creates an id of 24 characters. It begins with the time in milliseconds, so that new rows are neighbours in the indexes and
    /// share their pages. Its last 15 characters, 77 bits, are random and can't be guessed.
    /// </summary>
    public static string New() => New(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Creates an id that begins with the given time, for rows that are sorted by their ids.</summary>
    public static string New(long milliseconds) => string.Create(Length, milliseconds, static (id, now) =>
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        id[0] = 'c';
        WriteNumber((ulong)now, id.Slice(1, TimeLength));
        WriteNumber(BinaryPrimitives.ReadUInt64LittleEndian(random), id.Slice(9, 8));
        WriteNumber(BinaryPrimitives.ReadUInt64LittleEndian(random[8..]), id[17..]);
    });

    /// <summary>Returns a text that sorts after all ids of earlier times and before those of the given time and later.</summary>
    public static string Before(long milliseconds) => string.Create(1 + TimeLength, Math.Max(0, milliseconds), static (id, time) =>
    {
        id[0] = 'c';
        WriteNumber((ulong)time, id[1..]);
    });

    /// <summary>Returns the time in Unix milliseconds with which an id begins; null when the id has another format.</summary>
    public static long? TimeOf(string id)
    {
        if (id is not ['c', ..] || id.Length != Length)
            return null;
        var time = 0L;
        foreach (var digit in id.AsSpan(1))
        {
            if (!LettersAndDigits.Contains(digit, StringComparison.Ordinal))
                return null;
        }

        foreach (var digit in id.AsSpan(1, TimeLength))
            time = (time * LettersAndDigits.Length) + LettersAndDigits.IndexOf(digit, StringComparison.Ordinal);
        return time;
    }

    /// <summary>Creates a short id that is unique within one run.</summary>
    public static string Short() => RandomNumberGenerator.GetString(LettersAndDigits, 8);

    /// <summary>Writes the last digits of the number in base 36.</summary>
    private static void WriteNumber(ulong number, Span<char> digits)
    {
        for (var index = digits.Length - 1; index >= 0; index--)
        {
            (number, var digit) = Math.DivRem(number, (ulong)LettersAndDigits.Length);
            digits[index] = LettersAndDigits[(int)digit];
        }
    }
}
