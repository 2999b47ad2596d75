using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Features.ToolServers.SignIn;

/// <summary>The tokens of a sign-in.</summary>
/// <param name="Access">The access token.</param>
/// <param name="Refresh">The refresh token.</param>
internal sealed record McpTokens(string Access, string Refresh);

/// <summary>
/// Keeps the sign-ins of programs at MCP servers. A code and each refresh token work once. A second use means that it was stolen, and ends
/// the sign-in with all of its tokens.
/// </summary>
internal sealed class McpGrants(IStore store, TimeProvider time)
{
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromHours(1);

    /// <summary>The maximum number of sign-ins of an integration. The oldest one ends when there is one more.</summary>
    public const int MaxGrants = 100;

    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(2);

    /// <summary>How long a sign-in lasts that is not refreshed.</summary>
    private static readonly TimeSpan GrantLifetime = TimeSpan.FromDays(30);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Stores a sign-in to which the owner has agreed.</summary>
    /// <returns>The code.</returns>
    /// <exception cref="MissingParentException">The integration was deleted.</exception>
    public async Task<string> AddAsync(
        string integrationId, string clientId, string redirectUri, string challenge, AuditRow audit, CancellationToken cancellationToken)
    {
        var (now, id) = (Now, Ids.New());
        var (code, hash) = McpTokenText.New(id);
        var until = now + (long)CodeLifetime.TotalMilliseconds;
        var row = new McpGrantRow
        {
            Id = id,
            IntegrationId = integrationId,
            Client = McpTokenText.HashOf(clientId),
            RedirectUri = redirectUri,
            Challenge = challenge,
            CodeHash = hash,
            CodeExpiresAt = until,
            CreatedAt = now,
            ExpiresAt = until,
        };
        return await store.ChangeAsync(
            async db =>
            {
                await db.DeleteOldMcpGrantsAsync(integrationId, now, MaxGrants - 1);
                await db.InsertAsync(McpGrantTable.Rows, row);
                await db.AuditAsync(audit);
                return code;
            },
            cancellationToken);
    }

    /// <summary>Exchanges a code for tokens; null when it is not valid.</summary>
    public Task<McpTokens?> RedeemAsync(
        string integrationId, string clientId, string? code, string? redirectUri, string? verifier, CancellationToken cancellationToken) => UseAsync(
        integrationId, clientId, code,
        (row, text) => !McpTokenText.IsOf(row.CodeHash, text) ? GrantUse.Refuse
            : row.RedeemedAt is not null || row.RedirectUri != redirectUri || !McpTokenText.IsVerified(row.Challenge, verifier) ? GrantUse.End
            : row.CodeExpiresAt > Now ? GrantUse.Renew
            : GrantUse.Refuse,
        cancellationToken);

    /// <summary>Exchanges a refresh token for new tokens; null when it is not valid.</summary>
    public Task<McpTokens?> RefreshAsync(string integrationId, string clientId, string? token, CancellationToken cancellationToken) => UseAsync(
        integrationId, clientId, token,
        (row, text) => McpTokenText.IsOf(row.UsedRefreshHash, text) ? GrantUse.End
            : McpTokenText.IsOf(row.RefreshHash, text) && row.ExpiresAt > Now ? GrantUse.Renew
            : GrantUse.Refuse,
        cancellationToken);

    /// <summary>Ends the sign-in of an access or refresh token.</summary>
    public async Task RevokeAsync(string integrationId, string? token, CancellationToken cancellationToken) => await store.ChangeAsync(
        async db =>
        {
            if (McpTokenText.GrantIn(token) is { } id && await db.FindMcpGrantAsync(id, integrationId) is { } row
                && (McpTokenText.IsOf(row.AccessHash, token!) || McpTokenText.IsOf(row.RefreshHash, token!)))
                await db.DeleteMcpGrantAsync(id);
            return true;
        },
        cancellationToken);

    /// <summary>Whether a token gives access to an integration now.</summary>
    public async ValueTask<bool> IsValidAsync(string integrationId, string? token, CancellationToken cancellationToken) =>
        McpTokenText.GrantIn(token) is { } id
        && await store.QueryAsync(db => db.FindMcpGrantAsync(id, integrationId), cancellationToken) is { } row
        && row.AccessExpiresAt > Now && McpTokenText.IsOf(row.AccessHash, token!);

    private async Task<McpTokens?> UseAsync(
        string integrationId, string clientId, string? text, Func<McpGrantRow, string, GrantUse> judge, CancellationToken cancellationToken)
    {
        if (McpTokenText.GrantIn(text) is not { } id)
            return null;
        var (access, refresh) = (McpTokenText.New(id), McpTokenText.New(id));
        return await store.ChangeAsync(
            async db =>
            {
                if (await db.FindMcpGrantAsync(id, integrationId) is not { } row || !McpTokenText.IsOf(row.Client, clientId))
                    return null;
                switch (judge(row, text!))
                {
                    case GrantUse.End:
                        await db.DeleteMcpGrantAsync(id);
                        return null;
                    case GrantUse.Renew:
                        await db.UpdateAsync(McpGrantTable.Rows, row with
                        {
                            RedeemedAt = row.RedeemedAt ?? Now,
                            AccessHash = access.Hash,
                            AccessExpiresAt = Now + (long)AccessLifetime.TotalMilliseconds,
                            RefreshHash = refresh.Hash,
                            UsedRefreshHash = row.RefreshHash,
                            ExpiresAt = Now + (long)GrantLifetime.TotalMilliseconds,
                        });
                        return new McpTokens(access.Text, refresh.Text);
                    default:
                        return null;
                }
            },
            cancellationToken);
    }

    private enum GrantUse
    {
        Refuse,
        End,
        Renew,
    }
}
