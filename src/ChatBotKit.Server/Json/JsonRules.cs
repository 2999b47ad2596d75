using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ChatBotKit.Server.Json;

/// <summary>
/// Rules for all JSON that comes from outside: valid Unicode, numbers that fit a double, no duplicate key in an object, and a
/// bounded depth. They ensure that everything that is accepted can be stored, written and read back.
/// </summary>
internal static class JsonRules
{
    /// <summary>The maximum depth of a request body. Responses add a few levels around its parts, and clients read 64.</summary>
    public const int MaxDepth = 48;

    /// <summary>The maximum depth of the arguments of a tool call, so that the call's message fits into a request body again.</summary>
    public const int MaxArgumentsDepth = 40;

    /// <summary>
    /// The maximum depth of stored JSON. It is higher than the limit of requests, because earlier versions accepted deeper data.
    /// </summary>
    public const int StoredDepth = 512;

    private const int MaxNumberLength = 1_000;
    private const int MaxExponentDigits = 4;

    /// <summary>The options for reading stored JSON.</summary>
    public static JsonDocumentOptions Stored { get; } = new() { MaxDepth = StoredDepth };

    /// <summary>
    /// Finds text that is not valid Unicode, and numbers that no double can hold. Free-form JSON is parsed only later, where such a
    /// value would break another request.
    /// </summary>
    /// <returns>
    /// The fault, as the end of a sentence; null when there is none. Malformed JSON is not reported here but by its parser.
    /// </returns>
    public static string? FindBadValue(ReadOnlySpan<byte> json, int maxDepth)
    {
        if (!Utf8.IsValid(json))
            return "holds text that is not valid Unicode";
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.Number && !IsUsable(ref reader))
                    return "holds a number that is out of range";
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            return "holds text that is not valid Unicode";
        }
        catch (JsonException)
        {
            // Malformed JSON is left to the parser of the body, whose message is more precise.
        }

        return null;
    }

    /// <summary>Checks that no object has the same key twice, including keys that are escaped differently.</summary>
    /// <exception cref="JsonException">A key is duplicated, the JSON is malformed, or it is too deep.</exception>
    public static void RequireUniqueKeys(ReadOnlyMemory<byte> json, int maxDepth) =>
        JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false }).Dispose();

    /// <summary>Whether the text is a JSON object that can be stored as the arguments of a tool call.</summary>
    public static bool IsUsableObject(string text)
    {
        try
        {
            var bytes = StrictUtf8.GetBytes(text);
            using var document = JsonDocument.Parse(
                bytes, new JsonDocumentOptions { MaxDepth = MaxArgumentsDepth, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object && FindBadValue(bytes, MaxArgumentsDepth) is null;
        }
        catch (Exception exception) when (exception is JsonException or EncoderFallbackException or InvalidOperationException)
        {
            return false;
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static bool IsUsable(ref Utf8JsonReader reader)
    {
        var digits = reader.ValueSpan;
        var exponent = digits.IndexOfAny((byte)'e', (byte)'E');
        if (exponent < 0 && digits.Length <= 300)
            return true;
        return digits.Length <= MaxNumberLength
            && (exponent < 0 || digits[(exponent + 1)..].TrimStart("+-"u8).Length <= MaxExponentDigits)
            && reader.TryGetDouble(out var value) && double.IsFinite(value);
    }
}
