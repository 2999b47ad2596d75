using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Server.Tokens;

/// <summary>Fetches and lists API tokens. A row does not contain the token itself.</summary>
internal sealed class TokenReading(IStore store, ApiTokens tokens, ApiTokenUses uses)
{
    /// <exception cref="ApiException">404: the caller's account has no such token.</exception>
    public async Task<ServerTokenItem> GetAsync(string tokenId, Caller caller, CancellationToken cancellationToken) =>
        ToItem((await RowsAsync(caller, cancellationToken)).FirstOrDefault(row => row.Id == tokenId) ?? throw NotFound());

    public async Task<ListPiece<ServerTokenItem>> ListAsync(ListPage page, Caller caller, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(caller, cancellationToken);
        if (!page.Descending)
            rows = rows.Reverse();
        if (page.Cursor is { } cursor)
            rows = rows.SkipWhile(row => row.Id != cursor).Skip(1);
        return ListPiece.Of<ServerTokenItem>([.. rows.Take(page.Take).Select(ToItem)], page);
    }

    public static ApiException NotFound() => ApiException.NotFound("Token");

    private async Task<IEnumerable<ApiTokenRow>> RowsAsync(Caller caller, CancellationToken cancellationToken)
    {
        // Flushed first, so that the list shows the most recent uses.
        await uses.FlushAsync(cancellationToken);
        return (await store.ListApiTokensAsync(cancellationToken)).Where(row => row.AccountId == caller.AccountId);
    }

    private ServerTokenItem ToItem(ApiTokenRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Status = tokens.StatusOf(row),
        Configured = row.Id == OwnerBootstrap.ConfiguredTokenId,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        ExpiresAt = Moment(row.ExpiresAt),
        LastUsedAt = Moment(row.LastUsedAt),
        RevokedAt = Moment(row.RevokedAt),
    };

    private static DateTimeOffset? Moment(long? value) => value is { } moment ? DateTimeOffset.FromUnixTimeMilliseconds(moment) : null;
}
