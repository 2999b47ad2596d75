namespace ChatBotKit.Server.Json;

/// <summary>
/// Looks for null as an element of an array, which the serializer takes whatever the element's type says. No operation has a
/// use for one.
/// </summary>
internal static class NullElements
{
    /// <summary>Whether there may be one: null behind a comma or bracket. Free data and texts can look like that, too.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> bytes)
    {
        for (var from = 0; bytes[from..].IndexOf("null"u8) is >= 0 and var at; from += at + 4)
        {
            var before = bytes[..(from + at)].TrimEnd(" \t\r\n"u8);
            if (before is [.., (byte)',' or (byte)'['])
                return true;
        }

        return false;
    }
}
