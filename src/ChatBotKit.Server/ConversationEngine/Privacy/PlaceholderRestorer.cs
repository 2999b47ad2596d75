using System.Text;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>
/// Puts the values back into a text that comes in pieces. A piece may end within a placeholder: then only the part that may become one is
/// held back until the next piece. Not thread-safe.
/// </summary>
/// <param name="pseudonyms">The placeholders.</param>
/// <param name="escape">Changes each value before it is inserted; null to insert it as it is.</param>
internal sealed class PlaceholderRestorer(Pseudonyms pseudonyms, Func<string, string>? escape = null)
{
    private string _held = "";

    /// <summary>Returns a whole text with its values.</summary>
    public static string Restore(string text, Pseudonyms pseudonyms, Func<string, string>? escape = null)
    {
        var restorer = new PlaceholderRestorer(pseudonyms, escape);
        var restored = restorer.Add(text);
        return restorer._held.Length == 0 ? restored : restored + restorer.End();
    }

    /// <summary>Returns what can be shown after this piece; empty when all of it is held back.</summary>
    public string Add(string piece)
    {
        if (_held.Length == 0 && (pseudonyms.IsEmpty || !piece.Contains('[')))
            return piece;
        var text = _held + piece;
        var restored = new StringBuilder(text.Length);
        _held = text[Write(text, restored)..];
        return restored.ToString();
    }

    /// <summary>Returns what is held back, because no piece follows.</summary>
    public string End()
    {
        var rest = _held;
        _held = "";
        return rest;
    }

    /// <returns>The index of what must be held back; the length of the text when nothing must.</returns>
    private int Write(string text, StringBuilder restored)
    {
        var at = 0;
        while (text.IndexOf('[', at) is >= 0 and var open)
        {
            restored.Append(text, at, open - at);
            var end = open + 1;
            while (end <= text.Length && pseudonyms.IsBeginning(text.AsSpan(open, end - open)))
                end++;
            if (end > text.Length)
                return open;
            var value = pseudonyms.ValueOf(text.AsSpan(open, end - open));
            restored.Append(value is null ? "[" : escape is null ? value : escape(value));
            at = value is null ? open + 1 : end;
        }

        restored.Append(text, at, text.Length - at);
        return text.Length;
    }
}
