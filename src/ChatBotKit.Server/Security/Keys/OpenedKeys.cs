using ChatBotKit.Server.Data.Rows;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Security;

/// <summary>Opens the private halves of signing keys, and keeps those that are in use. For one caller at a time.</summary>
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
                "What opens the private half of signing key {KeyId} is not in the directory of keys. It signs nothing more; what it signed stays good.",
                row.Id);
        }

        return key;
    }

    /// <summary>Makes the row of a new key.</summary>
    public SigningKeyRow Create(long now, long activeFrom) => SigningKey.Create(Protector(), now, activeFrom);

    /// <summary>Keeps these keys open, and no others.</summary>
    public void Keep(IReadOnlyList<SigningKey> keys) => _opened = keys.ToDictionary(key => key.Row.Id);

    private IDataProtector Protector() => protection.Value.CreateProtector("SigningKeys");
}
