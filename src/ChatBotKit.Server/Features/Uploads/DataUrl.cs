using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>A parsed data URL: <c>data:image/png;base64,…</c>.</summary>
internal sealed record DataUrl(string? ContentType, byte[] Bytes)
{
    private const string Scheme = "data:";
    private const string Base64Mark = ";base64";

    public static bool Is(string url) => url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="ApiException">400: the data URL is invalid.</exception>
    public static DataUrl Parse(string url)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
            throw Invalid();
        var head = url[Scheme.Length..comma];
        var data = url[(comma + 1)..];
        var isBase64 = head.EndsWith(Base64Mark, StringComparison.OrdinalIgnoreCase);
        var type = isBase64 ? head[..^Base64Mark.Length] : head;
        if (!MediaTypes.TryRead(type, out _))
            throw Invalid();
        if (!isBase64)
            return new DataUrl(NullIfEmpty(type), System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(data)));
        try
        {
            return new DataUrl(NullIfEmpty(type), Convert.FromBase64String(data));
        }
        catch (FormatException)
        {
            throw Invalid();
        }
    }

    private static string? NullIfEmpty(string head) => head.Length == 0 ? null : head;

    private static ApiException Invalid() => ApiException.BadRequest("\"file\" is not a valid data URL");
}
