using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ChatBotKit.Server.Features.ToolServers.SignIn;

/// <summary>
/// The texts of codes and tokens: the id of the sign-in, and 32 random bytes, whose hash alone is stored. The id finds the row, so that a
/// token that was used before is recognized as one of the sign-in.
/// </summary>
internal static class McpTokenText
{
    private const string Prefix = "mcp_";
    private const int SecretBytes = 32;
    private const int MaxLength = 200;

    /// <summary>Creates a code or token of a sign-in.</summary>
    /// <returns>The text, and the hash to store.</returns>
    public static (string Text, string Hash) New(string grantId)
    {
        var text = $"{Prefix}{grantId}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        return (text, HashOf(text));
    }

    /// <summary>Returns the id of the sign-in in a text; null when the text is no code or token.</summary>
    public static string? GrantIn(string? text) =>
        text is { Length: <= MaxLength } && text.StartsWith(Prefix, StringComparison.Ordinal) && text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            ? text[Prefix.Length..dot]
            : null;

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Whether a stored hash is that of the text.</summary>
    public static bool IsOf(string? hash, string text) =>
        hash is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(HashOf(text)));

    /// <summary>Whether the challenge of a client (RFC 7636, S256) is that of the verifier.</summary>
    public static bool IsVerified(string challenge, string? verifier) =>
        verifier is { Length: >= 43 and <= 128 }
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(challenge), Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)))));
}
