using System.Security.Cryptography;
using System.Text;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>A request's idempotency key with what it was sent for.</summary>
/// <param name="Scope">The credential: keys of different callers never meet.</param>
/// <param name="Key">The header's value.</param>
/// <param name="RequestHash">SHA-256 over verb, path and body.</param>
internal sealed record IdempotencyKey(string Scope, string Key, byte[] RequestHash)
{
    /// <summary>The longest key.</summary>
    public const int MaxLength = 255;

    /// <param name="context">The request.</param>
    /// <param name="scope">The caller's scope.</param>
    /// <param name="bodyHash">SHA-256 of the body; null when the operation takes none.</param>
    /// <returns>Null when the request carries no key.</returns>
    /// <exception cref="ApiException">400: a key that is empty, too long or not visible ASCII.</exception>
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
