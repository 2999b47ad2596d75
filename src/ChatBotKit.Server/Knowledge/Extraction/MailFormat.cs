using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Recognizes mails.</summary>
internal static class MailFormat
{
    private static readonly string[] Fields =
        ["received", "return-path", "delivered-to", "mime-version", "message-id", "from", "to", "subject", "date", "content-type", "x-mozilla-status"];

    /// <summary>Whether the file is a mail, by its type or name, or since it begins with the fields that each mail has.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes, string? type, string extension)
    {
        var fields = FieldsOf(bytes);
        if (type is "message/rfc822" or "application/eml" || extension is ".eml" or ".mht" or ".mhtml")
            return fields.Count > 0;
        return fields.Contains("mime-version") && fields.Contains("from");
    }

    private static HashSet<string> FieldsOf(ReadOnlySpan<byte> bytes)
    {
        var fields = new HashSet<string>(StringComparer.Ordinal);
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 16 * 1024)]);
        foreach (var line in head.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
                break;
            var colon = line.IndexOf(':');
            if (line[0] is ' ' or '\t')
                continue;
            if (colon <= 0)
                break;
            var name = line[..colon].ToString().ToLowerInvariant();
            if (Fields.Contains(name))
                fields.Add(name);
        }

        return fields;
    }
}
