namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>
/// A text of a stream of messages, which say everything again each time, or the next piece. Which of the two, the second message
/// tells: it begins with the first one, or does not.
/// </summary>
internal struct GrowingText
{
    private string? _said;
    private bool? _grows;

    /// <summary>The part of a message that was not said before.</summary>
    /// <param name="text">The message.</param>
    /// <param name="isLast">Whether the answer ends with it.</param>
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
