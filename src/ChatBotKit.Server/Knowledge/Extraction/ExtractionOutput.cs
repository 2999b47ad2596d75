using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Writes the lines of the process that reads a file, within the limits of the text.</summary>
internal sealed class ExtractionOutput(Stream output, ExtractionRequest request)
{
    /// <summary>The length of the longest block. A longer one becomes several, so that lines are short.</summary>
    private const int MaxBlock = 16 * 1024;

    /// <summary>A longer heading is a paragraph, because headings are repeated above each part of the text below them.</summary>
    private const int MaxHeading = 300;

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private long _left = request.MaxBytes;
    private int _blocksLeft = request.MaxBlocks;

    public bool IsEmpty { get; private set; } = true;

    /// <summary>Writes a block; returns false when no more are taken.</summary>
    /// <exception cref="FileRefusedException">The text is too long, and may not be cut.</exception>
    public bool TryWrite(TextBlock block)
    {
        if (block is { Kind: TextBlockKind.Heading, Text.Length: > MaxHeading })
            block = block with { Kind = TextBlockKind.Paragraph, Level = 0 };
        for (var rest = block.Text; rest.Length > 0;)
        {
            var length = TextCuts.Find(rest, MaxBlock, MaxBlock / 2);
            if (!TryWritePiece(block with { Text = rest[..length] }))
                return false;
            rest = rest[length..];
        }

        return true;
    }

    public void Write(ExtractionLine line)
    {
        JsonSerializer.Serialize(output, line, ExtractionJson.Lines.ExtractionLine);
        output.Write(NewLine);
    }

    private bool TryWritePiece(TextBlock piece)
    {
        _left -= Encoding.UTF8.GetByteCount(piece.Text);
        _blocksLeft--;
        if (_left >= 0 && _blocksLeft >= 0)
        {
            IsEmpty = false;
            Write(new ExtractionLine { Block = piece });
            return true;
        }

        if (request.CutsText && !IsEmpty)
            return false;
        throw new FileRefusedException(
            FileRefusalCodes.TooLarge,
            _left < 0
                ? $"The file has more than {request.MaxBytes / (1024 * 1024)} MB of text. Divide it."
                : $"The file has more than {request.MaxBlocks:#,0} paragraphs and rows. Divide it.");
    }
}
