namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>
/// A text that arrives as whole messages instead of deltas. Each message either repeats all the text so far or is the next piece.
/// The second message decides: it is a repetition if it begins with the first one.
/// </summary>
internal struct GrowingText
{
    private string? _said;
    private bool? _grows;

    /// <summary>Returns the part of a message that is new.</summary>
    /// <param name="text">The message.</param>
    /// <param name="isLast">Whether the answer ends with this message.</param>
    public string WhatIsNew(string text, bool isLast)
    {
        if (text.Length == 0 || _grows is false)
            return text;
        if (_said is null)
        {
            _said = text;
            return text;
        }

        var goesOn = text.StartsWith(_said, StringComparison.Ordinal) && (text.Length > _said.Length || isLast || _grows is true);
        _grows ??= goesOn;
        if (!goesOn)
            return _grows is true && _said.StartsWith(text, StringComparison.Ordinal) ? "" : text;
        var news = text[_said.Length..];
        _said = text;
        return news;
    }
}
