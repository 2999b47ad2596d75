using System.Security.Cryptography;
using System.Text.Json;
using ChatBotKit.Server.Errors;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Answers with a new API token, which only the first answer and its repetitions show. For these it is kept as long as the idempotency
/// key, and encrypted.
/// </summary>
internal sealed class ShownOnce(Lazy<IDataProtectionProvider> protection)
{
    public string Protect<T>(T answer) => Protector().Protect(JsonSerializer.Serialize(answer, ChatBotKitJson.ServerOptions));

    /// <summary>Answers a repeated request.</summary>
    /// <exception cref="ApiException">409: it can't be read any more.</exception>
    public T Reveal<T>(string stored)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Protector().Unprotect(stored), ChatBotKitJson.ServerOptions)!;
        }
        catch (CryptographicException exception)
        {
            throw new ApiException(
                ErrorCode.Conflict, "The token was made, but can't be shown again: the server's keys were lost; revoke it", inner: exception);
        }
    }

    private IDataProtector Protector() => protection.Value.CreateProtector("NewApiTokens");
}
