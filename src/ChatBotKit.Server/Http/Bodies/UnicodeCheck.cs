using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Refuses text that is no Unicode before anything reads it. Free data is kept as it came and taken apart much later, where a
/// byte that is no UTF-8 or half a pair of surrogates would fail somebody else's request.
/// </summary>
internal static class UnicodeCheck
{
    /// <exception cref="ApiException">400: some text of the body is not valid Unicode.</exception>
    public static void Run(in ReadOnlySequence<byte> body, JsonReaderOptions options)
    {
        var bytes = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        if (!Utf8.IsValid(bytes) || (bytes.IndexOf("\\u"u8) >= 0 && !AreEscapesWhole(bytes, options)))
            throw ApiException.BadRequest("The request body holds text that is not valid Unicode");
    }

    private static bool AreEscapesWhole(ReadOnlySpan<byte> bytes, JsonReaderOptions options)
    {
        var reader = new Utf8JsonReader(bytes, options);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        catch (JsonException)
        {
            // No JSON at all, of which more can be said than this.
        }

        return true;
    }
}
