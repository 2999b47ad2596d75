using System.Globalization;

namespace ChatBotKit.Cli.Input;

/// <summary>A line that is being edited, and the position of its cursor. The cursor is never inside a character.</summary>
internal sealed class EditedLine
{
    public string Text { get; private set; } = "";

    /// <summary>Gets the position of the cursor in UTF-16 units.</summary>
    public int Cursor { get; private set; }

    public void Replace(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(char character)
    {
        Text = Text.Insert(Cursor, character.ToString());
        Cursor++;
    }

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    public void WordLeft() => Cursor = WordBefore();

    public void WordRight()
    {
        while (Cursor < Text.Length && char.IsWhiteSpace(Text[Cursor]))
            Right();
        while (Cursor < Text.Length && !char.IsWhiteSpace(Text[Cursor]))
            Right();
    }

    public void Home() => Cursor = 0;

    public void End() => Cursor = Text.Length;

    public void DeleteBefore() => DeleteFrom(Before(Cursor));

    public void DeleteWordBefore() => DeleteFrom(WordBefore());

    public void DeleteAllBefore() => DeleteFrom(0);

    public void DeleteAt() => Text = Text.Remove(Cursor, After(Cursor) - Cursor);

    public void DeleteAllAfter() => Text = Text[..Cursor];

    private void DeleteFrom(int start)
    {
        Text = Text.Remove(start, Cursor - start);
        Cursor = start;
    }

    private int WordBefore()
    {
        var position = Cursor;
        while (position > 0 && char.IsWhiteSpace(Text[position - 1]))
            position--;
        while (position > 0 && !char.IsWhiteSpace(Text[position - 1]))
            position--;
        return position;
    }

    private int After(int position) =>
        position < Text.Length ? position + StringInfo.GetNextTextElementLength(Text, position) : position;

    // Characters can be separated only from the start of the text.
    private int Before(int position)
    {
        var start = 0;
        for (var next = After(0); next < position; next = After(next))
            start = next;
        return start;
    }
}
