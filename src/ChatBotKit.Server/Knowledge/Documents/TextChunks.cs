using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Divides a document into chunks of a limited number of tokens. Only white space is lost, and nothing is repeated. A chunk ends before a
/// heading when it is not small, else between blocks, and inside a block only when the block alone has too many tokens.
/// </summary>
internal sealed class TextChunks
{
    /// <summary>A chunk of fewer tokens than this part of the limit goes on after a heading, because it says little alone.</summary>
    private const int SmallPart = 8;

    /// <summary>The part of a piece after which it may end at a better place, such as a sentence.</summary>
    private const int EarlyPart = 2;

    private readonly int _maxTokens;
    private readonly List<TextChunk> _chunks = [];
    private readonly List<DocumentBlock> _headings = [];
    private readonly StringBuilder _text = new();
    private IReadOnlyList<string> _above = [];
    private BlockKind _last;
    private int _page;

    private TextChunks(int maxTokens) => _maxTokens = Math.Max(1, maxTokens);

    /// <summary>Divides a document.</summary>
    /// <param name="blocks">The blocks of the document, in reading order.</param>
    /// <param name="maxTokens">The maximum number of tokens of a chunk.</param>
    /// <param name="separators">Texts at which chunks end, and nowhere else unless they are too long; empty for the usual places.</param>
    public static IReadOnlyList<TextChunk> Of(IReadOnlyList<DocumentBlock> blocks, int maxTokens, IReadOnlyList<string> separators)
    {
        var chunks = new TextChunks(maxTokens);
        if (separators.Count > 0)
            chunks.AddSeparated(blocks, [.. separators]);
        else
            chunks.AddAll(blocks);
        return chunks._chunks;
    }

    /// <summary>Returns the separators in the setting of a dataset, which has commas between them. <c>\n</c> and <c>\t</c> are allowed.</summary>
    public static IReadOnlyList<string> ReadSeparators(string? setting) => string.IsNullOrEmpty(setting)
        ? []
        : [.. setting.Split(',')
            .Select(one => one.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal))
            .Where(one => one.Length > 0)];

    private void AddSeparated(IReadOnlyList<DocumentBlock> blocks, string[] separators)
    {
        var whole = new StringBuilder();
        var last = BlockKind.Paragraph;
        foreach (var block in blocks)
        {
            whole.Append(whole.Length == 0 ? "" : Between(last, block.Kind)).Append(block.Text);
            last = block.Kind;
        }

        foreach (var piece in whole.ToString().Split(separators, StringSplitOptions.None))
        {
            Add(new DocumentBlock(BlockKind.Paragraph, piece));
            End();
        }
    }

    private void AddAll(IReadOnlyList<DocumentBlock> blocks)
    {
        foreach (var block in blocks)
        {
            if (block.Kind == BlockKind.Heading)
                AddHeading(block);
            else
                Add(block);
        }

        End();
    }

    /// <summary>A heading belongs to the text after it, and replaces those of its level and below.</summary>
    private void AddHeading(DocumentBlock heading)
    {
        if (TokenEstimate.Of(_text.ToString()) > _maxTokens / SmallPart)
            End();
        _headings.RemoveAll(above => above.Level >= heading.Level);
        _headings.Add(heading);
        Add(heading);
    }

    private void Add(DocumentBlock block)
    {
        var text = block.Text.AsSpan().Trim();
        if (text.Length == 0)
            return;
        if (_text.Length > 0 && TokenEstimate.Of(_text.ToString()) + TokenEstimate.Of(text) > _maxTokens)
            End();
        for (var length = PieceOf(text); length < text.Length; length = PieceOf(text))
        {
            Append(block, text[..length]);
            End();
            text = text[length..].TrimStart();
        }

        Append(block, text);
    }

    /// <summary>Returns the length of the first piece of a text that is not too long.</summary>
    private int PieceOf(ReadOnlySpan<char> text)
    {
        var max = TokenEstimate.LengthOf(text, _maxTokens);
        if (max == text.Length)
            return max;
        // A character can have more tokens than the limit.
        max = Math.Max(max, char.IsHighSurrogate(text[0]) ? 2 : 1);
        return Math.Max(1, TextCuts.Find(text, max, max / EarlyPart));
    }

    private void Append(DocumentBlock block, ReadOnlySpan<char> text)
    {
        if (_text.Length == 0)
        {
            _page = block.Page;
            _above = [.. _headings.Select(heading => heading.Text)];
        }
        else
        {
            _text.Append(Between(_last, block.Kind));
        }

        _text.Append(text);
        _last = block.Kind;
    }

    private void End()
    {
        var text = _text.ToString().Trim();
        _text.Clear();
        if (text.Length > 0)
            _chunks.Add(new TextChunk(_above, text, _page));
    }

    private static string Between(BlockKind before, BlockKind after) =>
        before == BlockKind.TableRow && after == BlockKind.TableRow ? "\n" : "\n\n";
}
