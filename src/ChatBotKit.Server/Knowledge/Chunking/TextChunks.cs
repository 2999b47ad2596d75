using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Cuts a document into chunks: at headings, between paragraphs, rows and blocks of code, and only inside of these where one alone is
/// too long. The headings above are the title of a chunk. No text is lost and none is in two chunks.
/// </summary>
internal sealed class TextChunks
{
    private const string BetweenHeadings = " › ";

    private readonly ChunkOptions _options;
    private readonly List<TextBlock> _headings = [];
    private readonly List<TextChunk> _chunks = [];
    private readonly StringBuilder _text = new();
    private TextBlockKind _lastKind;
    private int? _page;
    private int _tokens;

    /// <summary>Whether a chunk has been written under the last heading.</summary>
    private bool _isHeadingUsed = true;

    private TextChunks(ChunkOptions options)
    {
        _options = options;
    }

    public static IReadOnlyList<TextChunk> Of(IEnumerable<TextBlock> blocks, ChunkOptions? options = null)
    {
        var chunks = new TextChunks(options ?? new ChunkOptions());
        foreach (var block in blocks)
            chunks.Add(block);
        chunks.End();
        chunks.EndHeading(level: 0);
        return chunks._chunks;
    }

    private void Add(TextBlock block)
    {
        if (block.Kind == TextBlockKind.Heading)
        {
            AddHeading(block);
            return;
        }

        foreach (var (index, part) in SplitAtSeparators(block.Text).Index())
        {
            if (index > 0 || block.Kind == TextBlockKind.Record)
                End();
            AddPieces(block, part);
        }

        if (block.Kind == TextBlockKind.Record)
            End();
    }

    private void AddHeading(TextBlock heading)
    {
        if (string.IsNullOrWhiteSpace(heading.Text))
            return;
        End();
        EndHeading(heading.Level);
        _headings.RemoveAll(above => above.Level >= heading.Level);
        _headings.Add(heading with { Text = heading.Text.Trim() });
        _isHeadingUsed = false;
    }

    /// <summary>Writes a heading without text below it, of its level or a lower one, as a chunk of its own.</summary>
    private void EndHeading(int level)
    {
        if (_isHeadingUsed || _headings[^1].Level < level)
            return;
        _chunks.Add(new TextChunk(Title(_headings.SkipLast(1)), _headings[^1].Text, _headings[^1].Page));
        _isHeadingUsed = true;
    }

    private void AddPieces(TextBlock block, string text)
    {
        var rest = block.Kind == TextBlockKind.Code ? text.AsSpan().Trim("\r\n") : text.AsSpan().Trim();
        while (!rest.IsWhiteSpace())
        {
            var length = TokenEstimate.Fit(rest, _options.MaxTokens);
            if (length < rest.Length)
                length = TextCuts.Find(rest, length, length / 4);
            AddPiece(block, rest[..length].TrimEnd());
            rest = rest[length..];
            rest = block.Kind == TextBlockKind.Code ? rest.TrimStart("\r\n") : rest.TrimStart();
        }
    }

    private void AddPiece(TextBlock block, ReadOnlySpan<char> piece)
    {
        if (piece.IsWhiteSpace())
            return;
        // One more for the line breaks between the pieces.
        var tokens = TokenEstimate.Count(piece) + 1;
        if (_text.Length > 0 && _tokens + tokens > _options.MaxTokens)
            End();
        if (_text.Length > 0)
            _text.Append(block.Kind == _lastKind && block.Kind is TextBlockKind.TableRow ? "\n" : "\n\n");
        else
            _page = block.Page;
        _text.Append(piece);
        _tokens += tokens;
        _lastKind = block.Kind;
    }

    private void End()
    {
        if (_text.Length == 0)
            return;
        _chunks.Add(new TextChunk(Title(_headings), _text.ToString(), _page));
        _isHeadingUsed = true;
        _text.Clear();
        _tokens = 0;
    }

    private static string Title(IEnumerable<TextBlock> headings) => string.Join(BetweenHeadings, headings.Select(heading => heading.Text));

    private string[] SplitAtSeparators(string text) =>
        _options.Separators.Count == 0 ? [text] : text.Split([.. _options.Separators], StringSplitOptions.None);
}
