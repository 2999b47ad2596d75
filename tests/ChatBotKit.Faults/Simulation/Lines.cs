using System.Buffers.Text;

namespace ChatBotKit.Faults.Simulation;

/// <summary>Reads the lines of logs as a client does.</summary>
internal static class Lines
{
    private static ReadOnlySpan<byte> IdProperty => ",\"id\":"u8;

    public static ulong HashOf(ReadOnlySpan<byte> line)
    {
        var hash = 14695981039346656037;
        foreach (var value in line)
            hash = (hash ^ value) * 1099511628211;
        return hash | 1;
    }

    /// <summary>Returns the number of an event; null for an object that is not an event.</summary>
    public static long? NumberOf(ReadOnlySpan<byte> line)
    {
        var start = line.LastIndexOf(IdProperty);
        return start >= 0 && Utf8Parser.TryParse(line[(start + IdProperty.Length)..], out long number, out var length)
            && start + IdProperty.Length + length == line.Length - 1
            ? number
            : null;
    }
}
