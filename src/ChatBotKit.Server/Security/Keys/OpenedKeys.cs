using ChatBotKit.Server.Data.Rows;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Security;

/// <summary>Decrypts the private keys of signing keys, and caches those in use. Not thread-safe.</summary>
internal sealed class OpenedKeys(Lazy<IDataProtectionProvider> protection, ILogger logger)
{
    private Dictionary<string, SigningKey> _opened = [];

    public SigningKey Open(SigningKeyRow row)
    {
        if (_opened.TryGetValue(row.Id, out var opened))
            return opened.With(row);
        var key = SigningKey.Load(row, Protector());
        if (key.Credentials is null)
        {
            logger.LogWarning(
                "Signing key {KeyId} can't be decrypted, because its encryption key is not in the directory of keys. It signs no more tokens; those that it has signed stay valid.",
                row.Id);
        }

        return key;
    }

    /// <summary>Creates the row of a new key.</summary>
    public SigningKeyRow Create(long now, long activeFrom) => SigningKey.Create(Protector(), now, activeFrom);

    /// <summary>Keeps these keys in the cache and removes all others.</summary>
    public void Keep(IReadOnlyList<SigningKey> keys) => _opened = keys.ToDictionary(key => key.Row.Id);

    private IDataProtector Protector() => protection.Value.CreateProtector("SigningKeys");
}
