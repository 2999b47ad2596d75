using System.Buffers.Text;
using System.Security.Cryptography;
using ChatBotKit.AdminConsole;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// The code of the link that the program prints at its start. It opens the console once, within 10 minutes; it is not an API token, so
/// what a log keeps of it is soon worth nothing.
/// </summary>
internal sealed class ConsoleCode(IStore store, ApiTokenKey key, ServerOwner owner, TimeProvider time)
{
    private const string TokenName = "Console sign-in by link";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private byte[]? _hash;
    private DateTimeOffset _expiresAt;

    /// <summary>Creates a code, which replaces the one before.</summary>
    public string Make()
    {
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        lock (_gate)
            (_hash, _expiresAt) = (Digest.Of(code).ToArray(), time.GetUtcNow() + Life);
        return code;
    }

    /// <summary>Exchanges the code for a new API token of the owner; null when the code is wrong, used or too old.</summary>
    public async Task<ConsoleToken?> RedeemAsync(string code, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        if (!Take(code))
            return null;
        var (secret, now) = (ApiTokens.NewSecret(), time.GetUtcNow().ToUnixTimeMilliseconds());
        var row = new ApiTokenRow
        {
            Id = Ids.New(),
            AccountId = owner.AccountId ?? throw new InvalidOperationException("The server has no owner."),
            Hash = key.HashOf(secret),
            KeyId = key.Id,
            Name = TokenName,
            CreatedAt = now,
            ExpiresAt = expiresAt.ToUnixTimeMilliseconds(),
        };
        await store.ChangeAsync(
            async db =>
            {
                await db.InsertAsync(ApiTokenTable.Rows, row);
                await db.AuditAsync(SessionAudit.OfSystem(row.AccountId, SessionAuditType.CreateToken, row.Id, now));
                return true;
            },
            cancellationToken);
        return new ConsoleToken(row.Id, secret);
    }

    private bool Take(string code)
    {
        lock (_gate)
        {
            if (_hash is null || time.GetUtcNow() >= _expiresAt || !CryptographicOperations.FixedTimeEquals(_hash, Digest.Of(code).ToArray()))
                return false;
            _hash = null;
            return true;
        }
    }
}
