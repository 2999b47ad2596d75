using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ChatBotKit.Server.Data;

/// <summary>Makes ids of the shape that the API's ids have: a letter, then lower-case letters and digits.</summary>
internal static class Ids
{
    /// <summary>In the order in which SQLite sorts them.</summary>
    private const string LettersAndDigits = "0123456789abcdefghijklmnopqrstuvwxyz";

    private const int Length = 24;
    private const int TimeLength = 8;

    /// <summary>
    /// An id of 24 characters for anything that is stored. It begins with the time in milliseconds, so that new rows stand side by
    /// side in the database's indexes and share its pages; its last 15 characters, 77 bits, are random and make it unguessable.
    /// </summary>
    public static string New() => New(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>An id that begins with the given time, for rows whose order must be that of their ids.</summary>
    public static string New(long milliseconds) => string.Create(Length, milliseconds, static (id, now) =>
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        id[0] = 'c';
        WriteNumber((ulong)now, id.Slice(1, TimeLength));
        WriteNumber(BinaryPrimitives.ReadUInt64LittleEndian(random), id.Slice(9, 8));
        WriteNumber(BinaryPrimitives.ReadUInt64LittleEndian(random[8..]), id[17..]);
    });

    /// <summary>The time in milliseconds that an id begins with; null when it is none of ours.</summary>
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

    /// <summary>A short id that has to be unique within one run.</summary>
    public static string Short() => RandomNumberGenerator.GetString(LettersAndDigits, 8);

    /// <summary>The last digits of the number to the base of 36.</summary>
    private static void WriteNumber(ulong number, Span<char> digits)
    {
        for (var index = digits.Length - 1; index >= 0; index--)
        {
            (number, var digit) = Math.DivRem(number, (ulong)LettersAndDigits.Length);
            digits[index] = LettersAndDigits[(int)digit];
        }
    }
}
