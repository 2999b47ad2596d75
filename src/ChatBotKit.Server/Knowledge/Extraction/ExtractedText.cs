using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>The text of a file.</summary>
/// <param name="Blocks">The blocks in the order of reading; empty where the file was refused.</param>
/// <param name="Refusal">Why the file has no text; null if it was read.</param>
/// <param name="IsCut">Whether the blocks are only the beginning of the text.</param>
internal sealed record ExtractedText(IReadOnlyList<TextBlock> Blocks, FileRefusal? Refusal, bool IsCut = false)
{
    private const int MaxLevel = 6;

    /// <summary>Returns the text as one, in which headings are those of Markdown.</summary>
    public string Join()
    {
        var text = new StringBuilder();
        TextBlockKind? last = null;
        foreach (var block in Blocks)
        {
            if (last is not null)
                text.Append(last == block.Kind && IsRow(block.Kind) ? "\n" : "\n\n");
            if (block.Kind == TextBlockKind.Heading)
                text.Append('#', Math.Clamp(block.Level, 1, MaxLevel)).Append(' ');
            text.Append(block.Text);
            last = block.Kind;
        }

        return text.ToString();
    }

    private static bool IsRow(TextBlockKind kind) => kind is TextBlockKind.TableRow or TextBlockKind.Record;
}

/// <summary>The reason why a file can't be read.</summary>
/// <param name="Code">One of <see cref="FileRefusalCodes"/>.</param>
/// <param name="Message">A sentence for the owner of the file.</param>
internal sealed record FileRefusal(string Code, string Message);

/// <summary>The codes of <see cref="FileRefusal"/>.</summary>
internal static class FileRefusalCodes
{
    public const string Unsupported = "UNSUPPORTED_FILE";
    public const string Encrypted = "ENCRYPTED_FILE";
    public const string Damaged = "DAMAGED_FILE";
    public const string Empty = "EMPTY_FILE";
    public const string TooLarge = "FILE_TOO_LARGE";
    public const string TooComplex = "FILE_TOO_COMPLEX";
    public const string Busy = "TOO_MANY_FILES";
}
