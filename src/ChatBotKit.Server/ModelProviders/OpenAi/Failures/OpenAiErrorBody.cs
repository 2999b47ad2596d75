using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Failures;

/// <summary>Reads the body of a refusal of any form: JSON, plain text, the page of a proxy, or nothing.</summary>
internal static partial class OpenAiErrorBody
{
    private const int MaxBytes = 64 * 1024;

    public static async Task<OpenAiError> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxBytes);
        try
        {
            await using var body = await BodyEncoding.OpenAsync(response.Content, cancellationToken);
            var length = await body.ReadAtLeastAsync(buffer.AsMemory(0, MaxBytes), MaxBytes, throwOnEndOfStream: false, cancellationToken);
            return Read(buffer.AsMemory(0, length));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The body broke off or can't be read. The status alone is enough.
            return OpenAiError.None;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static OpenAiError Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return OpenAiError.From(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The JSON reader throws InvalidOperationException for unpaired surrogates.
            return OfText(Encoding.UTF8.GetString(body.Span).Trim());
        }
    }

    private static OpenAiError OfText(string text)
    {
        if (!text.StartsWith('<'))
            return new OpenAiError(text, "");
        var title = Title().Match(text);
        return title.Success ? new OpenAiError(title.Groups["title"].Value.Trim(), "") : OpenAiError.None;
    }

    [GeneratedRegex("<title[^>]*>(?<title>[^<]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Title();
}
