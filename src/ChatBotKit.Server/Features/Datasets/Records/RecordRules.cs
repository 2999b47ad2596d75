using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>The rules for the fields of records.</summary>
internal static class RecordRules
{
    public const int MaxSourceBytes = 768;

    /// <summary>Checks the text of a record and truncates it to the maximum size.</summary>
    /// <returns>The text to store.</returns>
    public static string CheckRecordText(this Faults faults, string text)
    {
        text = Truncate(text, FieldRules.MaxTextBytes);
        if (string.IsNullOrWhiteSpace(text))
            faults.Add("\"text\" may not be empty");
        faults.CheckNul(text, "text");
        return text;
    }

    public static void CheckRecordSource(this Faults faults, string? source)
    {
        faults.CheckText(source, "source", MaxSourceBytes);
        faults.CheckNul(source, "source");
    }

    public static void CheckRecordMeta(this Faults faults, JsonObject? meta)
    {
        faults.CheckMeta(meta);
        faults.CheckNul(meta, "meta");
    }

    /// <summary>Returns the longest beginning of a text that has at most the given number of bytes and ends with a whole character.</summary>
    public static string Truncate(string text, int maxBytes)
    {
        // A UTF-16 unit takes at most three bytes of UTF-8.
        if (text.Length <= maxBytes / 3)
            return text;
        var (bytes, length) = (0, 0);
        while (length < text.Length)
        {
            _ = Rune.DecodeFromUtf16(text.AsSpan(length), out var rune, out var units);
            if ((bytes += rune.Utf8SequenceLength) > maxBytes)
                return text[..length];
            length += units;
        }

        return text;
    }
}
