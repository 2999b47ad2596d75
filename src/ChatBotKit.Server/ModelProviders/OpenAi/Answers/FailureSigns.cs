using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>
/// The signs of a failure in an event of a response with status 200: an error, or words in place of a choice. Events that only
/// report something, such as <c>{"type":"ping"}</c>, are no failures.
/// </summary>
internal struct FailureSigns
{
    private bool _isError;
    private bool _hasWords;
    private bool _hasCode;
    private bool _isReport;

    public bool HasChoices { get; set; }

    public readonly bool IsFailure => _isError || (_hasWords && !HasChoices && (_hasCode || !_isReport));

    /// <summary>Whether the field <c>error</c> reports a failure. Some servers always send it, and leave it empty.</summary>
    public static bool IsSaid(Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null or JsonTokenType.False => false,
        JsonTokenType.String => !reader.ValueSpan.IsEmpty,
        JsonTokenType.StartObject => reader.Read() && reader.TokenType != JsonTokenType.EndObject,
        JsonTokenType.StartArray => reader.Read() && reader.TokenType != JsonTokenType.EndArray,
        _ => true,
    };

    public void Take(RootField field, ref Utf8JsonReader reader)
    {
        switch (field)
        {
            case RootField.Error:
                _isError |= IsSaid(reader);
                break;
            case RootField.Object when reader.TokenType == JsonTokenType.String:
                _isError |= reader.ValueTextEquals("error"u8);
                break;
            case RootField.Type when reader.TokenType == JsonTokenType.String:
                _isReport = !NamesAnError(reader.ValueSpan);
                break;
            case RootField.Report:
                _isError |= HasStatus(reader);
                break;
            case RootField.Code:
                TakeCode(ref reader);
                break;
            case RootField.Words or RootField.Message:
                _hasWords |= IsSaid(reader);
                break;
        }
    }

    private void TakeCode(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            var isWhole = reader.TryGetInt64(out var code);
            _hasCode |= code is < 0 or >= 400;
            _isReport |= isWhole && code is 0 or 200;
        }
        else if (reader.TokenType == JsonTokenType.String)
        {
            _hasCode |= NamesAnError(reader.ValueSpan) || (reader.ValueSpan is [>= (byte)'4' and <= (byte)'5', _, _]);
        }
    }

    /// <summary>Whether a report has a status other than 0.</summary>
    private static bool HasStatus(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.NextField(out var name))
        {
            if (name.SequenceEqual("status_code"u8) && reader.TokenType == JsonTokenType.Number)
                return !reader.TryGetInt64(out var status) || status != 0;
            reader.Skip();
        }

        return false;
    }

    private static bool NamesAnError(ReadOnlySpan<byte> word) =>
        Contains(word, "error"u8) || Contains(word, "Error"u8) || Contains(word, "Exception"u8);

    private static bool Contains(ReadOnlySpan<byte> word, ReadOnlySpan<byte> part) => word.IndexOf(part) >= 0;
}
