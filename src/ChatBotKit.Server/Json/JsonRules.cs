using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ChatBotKit.Server.Json;

/// <summary>
/// What all JSON that comes from outside must keep to, so that everything that is taken in can be stored, written and read back:
/// valid Unicode, numbers that fit a double, no key twice in one object, and a bounded depth.
/// </summary>
internal static class JsonRules
{
    /// <summary>How deep a request body may be. Answers put a few levels around its parts, and clients read 64.</summary>
    public const int MaxDepth = 48;

    /// <summary>How deep the arguments of a call may be, so that the message of the call fits into a request body again.</summary>
    public const int MaxArgumentsDepth = 40;

    /// <summary>For reading what is stored, also by versions that took deeper data.</summary>
    public const int StoredDepth = 512;

    private const int MaxNumberLength = 1_000;
    private const int MaxExponentDigits = 4;

    /// <summary>For JSON out of the store.</summary>
    public static JsonDocumentOptions Stored { get; } = new() { MaxDepth = StoredDepth };

    /// <summary>Finds text that is no Unicode and numbers that nothing can hold. Free data is taken apart much later, where these would fail another request.</summary>
    /// <returns>What is wrong, as the end of a sentence; null when nothing is. Data that is no JSON is left to its parser.</returns>
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
            // No JSON at all, of which more can be said than this.
        }

        return null;
    }

    /// <summary>Looks for keys that are there twice in one object, also in another spelling of the same characters.</summary>
    /// <exception cref="JsonException">There is one, or the data is no JSON, or it is too deep.</exception>
    public static void RequireUniqueKeys(ReadOnlyMemory<byte> json, int maxDepth) =>
        JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false }).Dispose();

    /// <summary>Whether the text is a JSON object that can be stored as the arguments of a call.</summary>
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
