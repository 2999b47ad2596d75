using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Digests;

/// <summary>Where an extract integration sends its data.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The address.</param>
/// <param name="Headers">The headers besides those of the body.</param>
internal sealed record ExtractRequest(HttpMethod Method, Uri Url, IReadOnlyList<(string Name, string Value)> Headers)
{
    private const string Signature = "x-hub-signature";

    private static readonly string[] Methods = ["POST", "PUT", "PATCH"];

    /// <summary>Headers that the connection or the body decides.</summary>
    private static readonly string[] Left =
        ["host", "content-length", "content-type", "transfer-encoding", "connection", "upgrade", "te", "trailer", "idempotency-key", Signature];

    /// <summary>
    /// Reads the setting: an address, or the text of an HTTP request with a method, an address and headers. The body of the text is left out,
    /// because the data is the body.
    /// </summary>
    /// <param name="setting">The setting.</param>
    /// <param name="allowsHttp">Whether the address may begin with http:// too.</param>
    /// <param name="request">The request.</param>
    public static bool TryRead(string setting, bool allowsHttp, [NotNullWhen(true)] out ExtractRequest? request)
    {
        request = null;
        var lines = setting.Trim().Split('\n');
        var words = lines[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 1 && lines.Length == 1)
            words = [Methods[0], words[0]];
        if (words.Length is not (2 or 3) || !Methods.Contains(words[0]) || !Uri.TryCreate(words[1], UriKind.Absolute, out var url)
            || !(url.Scheme == Uri.UriSchemeHttps || (allowsHttp && url.Scheme == Uri.UriSchemeHttp)) || url.UserInfo.Length > 0)
            return false;
        var headers = new List<(string, string)>();
        foreach (var line in lines.Skip(1).Select(line => line.Trim()).TakeWhile(line => line.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !line[..colon].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
                return false;
            if (!Left.Contains(line[..colon].ToLowerInvariant()))
                headers.Add((line[..colon], line[(colon + 1)..].Trim()));
        }

        request = new ExtractRequest(HttpMethod.Parse(words[0]), url, headers);
        return true;
    }

    /// <summary>Creates the message, signed with the id of the integration.</summary>
    /// <param name="subject">The conversation.</param>
    /// <param name="data">The data.</param>
    /// <param name="key">The key by which the receiver recognizes a repetition.</param>
    public HttpRequestMessage ToMessage(DigestSubject subject, JsonNode data, string key)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["data"] = data,
            ["conversation"] = new JsonObject
            {
                ["messages"] = new JsonArray([.. subject.Messages.Select(message => new JsonObject { ["type"] = message.Type, ["text"] = message.Text })]),
            },
        }.ToJsonString(ChatBotKitJson.ServerOptions));
        var request = new HttpRequestMessage(Method, Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        request.Headers.TryAddWithoutValidation(
            Signature, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(subject.Integration.Id), body))}");
        foreach (var (name, value) in Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
