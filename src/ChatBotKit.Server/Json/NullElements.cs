namespace ChatBotKit.Server.Json;

/// <summary>
/// Finds null elements of arrays. The serializer accepts them even where the type of the element does not allow null, and no
/// operation has a use for one.
/// </summary>
internal static class NullElements
{
    /// <summary>
    /// Whether there may be a null element: <c>null</c> after a comma or bracket. Texts and free-form JSON can contain that as
    /// well.
    /// </summary>
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
