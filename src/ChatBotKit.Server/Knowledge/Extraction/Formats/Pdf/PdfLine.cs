using System.Text;
using UglyToad.PdfPig.Content;

namespace ChatBotKit.Server.Knowledge;

/// <summary>A line of a page of a PDF.</summary>
/// <param name="Text">The text, in the order of reading.</param>
/// <param name="Page">The number of the page.</param>
/// <param name="Size">The size of its largest letters.</param>
/// <param name="BeginsBlock">Whether it begins a paragraph.</param>
internal sealed record PdfLine(string Text, int Page, double Size, bool BeginsBlock);

/// <summary>Puts letters in the order of the file together to lines. That order keeps columns, which places on the page do not.</summary>
internal sealed class PdfLines
{
    /// <summary>A gap of more than this part of the size is a space.</summary>
    private const double SpaceGap = 0.13;

    /// <summary>The number of a footnote is smaller than this part of its text.</summary>
    private const double MarkSize = 0.8;

    private const double LineShift = 0.5;
    private const double BlockShift = 1.8;
    private const double FallbackSize = 10;

    private readonly int _page;
    private readonly List<PdfLine> _lines = [];
    private readonly List<(string Text, double X)> _parts = [];
    private double _size;
    private bool _beginsBlock = true;

    private PdfLines(int page)
    {
        _page = page;
    }

    public static List<PdfLine> Of(Page page)
    {
        var lines = new PdfLines(page.Number);
        Letter? last = null;
        foreach (var letter in page.Letters)
        {
            lines.Add(letter, last);
            last = letter;
        }

        lines.EndLine();
        return lines._lines;
    }

    private void Add(Letter letter, Letter? last)
    {
        var size = letter.PointSize > 0 ? letter.PointSize : FallbackSize;
        if (last is not null)
        {
            var shift = letter.StartBaseLine.Y - last.StartBaseLine.Y;
            var extent = Math.Max(size, last.PointSize);
            if (Math.Abs(shift) > LineShift * extent)
            {
                EndLine();
                // Upwards begins another column.
                _beginsBlock |= shift > 0 || -shift > BlockShift * extent;
            }
            else if (IsGap(letter, last, size) || IsAfterMark(size))
            {
                _parts.Add((" ", letter.StartBaseLine.X));
            }
        }

        _parts.Add((letter.Value ?? "", letter.StartBaseLine.X));
        _size = Math.Max(_size, size);
    }

    /// <summary>Whether the line so far is only the small number of a footnote, before whose text there is hardly a gap.</summary>
    private bool IsAfterMark(double size) =>
        _size > 0 && _size < MarkSize * size && _parts.TrueForAll(part => part.Text.All(char.IsAsciiDigit));

    private static bool IsGap(Letter letter, Letter last, double size)
    {
        var ahead = letter.StartBaseLine.X - last.EndBaseLine.X;
        var back = last.StartBaseLine.X - letter.EndBaseLine.X;
        return Math.Max(ahead, back) > SpaceGap * size;
    }

    private void EndLine()
    {
        var text = PdfLetters.Join(_parts).Trim();
        if (text.Length > 0)
        {
            _lines.Add(new PdfLine(text, _page, _size, _beginsBlock));
            _beginsBlock = false;
        }

        _parts.Clear();
        _size = 0;
    }
}

/// <summary>Joins the letters of a line.</summary>
internal static class PdfLetters
{
    public static string Join(List<(string Text, double X)> parts)
    {
        var text = new StringBuilder();
        for (var start = 0; start < parts.Count;)
        {
            var end = EndOfRightToLeft(parts, start);
            if (end == start)
            {
                Append(text, parts[start++].Text);
                continue;
            }

            // Letters from right to left are either in the order of reading or in that of their places.
            var isReversed = end - start > 1 && parts[end - 1].X > parts[start].X;
            for (var i = 0; i < end - start; i++)
                Append(text, parts[isReversed ? end - 1 - i : start + i].Text);
            start = end;
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string part)
    {
        foreach (var c in part)
        {
            if (c is >= '\uFB00' and <= '\uFB06')
                text.Append(LetterForms.Expansion(c));
            else if (c is '\u00A0' or '\t' or '\r' or '\n' or '\0')
                AppendSpace(text);
            else if (c != ' ')
                text.Append(c);
            else
                AppendSpace(text);
        }
    }

    private static void AppendSpace(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != ' ')
            text.Append(' ');
    }

    /// <summary>Returns the end of a run from right to left, with the spaces and marks between its words.</summary>
    private static int EndOfRightToLeft(List<(string Text, double X)> parts, int start)
    {
        var end = start;
        for (var i = start; i < parts.Count; i++)
        {
            if (IsRightToLeft(parts[i].Text))
                end = i + 1;
            else if (i == start || parts[i].Text.Any(char.IsLetterOrDigit))
                break;
        }

        return end;
    }

    private static bool IsRightToLeft(string text) =>
        text.Any(c => c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC'));
}
