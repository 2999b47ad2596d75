using System.Security.Cryptography;
using System.Text.Json;
using ChatBotKit.Server.Errors;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Returns a new API token in the response to its creation, and in the responses to repetitions of that request. For these, the
/// token is stored, encrypted, as long as the idempotency key.
/// </summary>
internal sealed class ShownOnce(Lazy<IDataProtectionProvider> protection)
{
    public string Protect<T>(T answer) => Protector().Protect(JsonSerializer.Serialize(answer, ChatBotKitJson.ServerOptions));

    /// <summary>Restores the response to a repeated request.</summary>
    /// <exception cref="ApiException">409: the stored response can't be decrypted any more.</exception>
    public T Reveal<T>(string stored)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Protector().Unprotect(stored), ChatBotKitJson.ServerOptions)!;
        }
        catch (CryptographicException exception)
        {
            throw new ApiException(
                ErrorCode.Conflict, "The token was created, but can't be shown again: the server's keys were lost; revoke it", inner: exception);
        }
    }

    private IDataProtector Protector() => protection.Value.CreateProtector("NewApiTokens");
}
