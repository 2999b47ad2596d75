using System.Security.Cryptography;
using System.Text;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>The idempotency key of a request, with its caller and the hash of the request.</summary>
/// <param name="Scope">The scope of the caller. Equal keys of different callers never conflict.</param>
/// <param name="Key">The value of the header.</param>
/// <param name="RequestHash">The SHA-256 of the method, the path and the body.</param>
internal sealed record IdempotencyKey(string Scope, string Key, byte[] RequestHash)
{
    /// <summary>The maximum length of a key.</summary>
    public const int MaxLength = 255;

    /// <summary>Reads the key of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="scope">The scope of the caller.</param>
    /// <param name="bodyHash">The SHA-256 of the body; null for an operation without a body.</param>
    /// <returns>The key; null when the request has none.</returns>
    /// <exception cref="ApiException">400: the key is empty, too long or not visible ASCII.</exception>
    public static IdempotencyKey? From(HttpContext context, string scope, byte[]? bodyHash)
    {
        var header = context.Request.Headers[ApiHeaders.IdempotencyKey];
        if (header.Count == 0)
            return null;
        var key = header.Count == 1 ? header[0] : null;
        return IsValid(key)
            ? new IdempotencyKey(scope, key!, HashOf(context.Request, bodyHash))
            : throw ApiException.BadRequest(
                $"The header Idempotency-Key must be 1 to {MaxLength} visible ASCII characters");
    }

    private static bool IsValid(string? key) =>
        key is { Length: > 0 and <= MaxLength } && !key.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static byte[] HashOf(HttpRequest request, byte[]? bodyHash)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {ShortPrefix.PathAsSent(request)}\n"));
        hash.AppendData(bodyHash ?? []);
        return hash.GetHashAndReset();
    }
}
