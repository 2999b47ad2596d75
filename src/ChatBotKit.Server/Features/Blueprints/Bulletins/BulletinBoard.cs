using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints.Bulletins;

/// <summary>Stores and lists the notes of blueprints.</summary>
internal sealed class BulletinBoard(IStore store, TimeProvider time)
{
    private const int MaxCharacters = 4_000;
    private const int MaxLifetime = 604_800;
    private const int DefaultLifetime = 86_400;

    /// <exception cref="ApiException">400: a field is invalid; 404: the blueprint does not exist.</exception>
    public async Task<BlueprintBulletinCreateResponse> CreateAsync(
        string address, BlueprintBulletinCreateRequest request, string accountId, IdempotentCall call, CancellationToken cancellationToken)
    {
        Check(request);
        var blueprintId = await FindAsync(address, accountId, cancellationToken);
        var author = await store.QueryAsync(db => db.FirstAsync(AccountTable.Rows, SqlTable<AccountRow>.ById, accountId), cancellationToken);
        var now = time.GetUtcNow();
        var row = new BulletinRow
        {
            Id = Ids.New(now.ToUnixTimeMilliseconds()),
            BlueprintId = blueprintId,
            Text = request.Text,
            Author = string.IsNullOrEmpty(author?.Name) ? null : author.Name,
            CreatedAt = now.ToUnixTimeMilliseconds(),
            ExpiresAt = now.AddSeconds(request.Ttl ?? DefaultLifetime).ToUnixTimeMilliseconds(),
        };
        var response = new BlueprintBulletinCreateResponse { Id = blueprintId, Bulletin = ItemOf(row) };
        try
        {
            await store.ChangeAsync(
                async db =>
                {
                    await db.AddBulletinAsync(row);
                    await db.LogAsync(EventEntry.About(
                        accountId, EventTypes.BulletinCreate, row.CreatedAt, [new(EventFields.Of(BlueprintKind.Name)!, blueprintId)]));
                    await db.RememberAsync(call.Answered(response));
                    return true;
                },
                cancellationToken);
        }
        catch (MissingParentException)
        {
            throw ApiException.NotFound("Blueprint");
        }

        return response;
    }

    /// <summary>Lists the notes that have not expired.</summary>
    /// <exception cref="ApiException">404: the blueprint does not exist.</exception>
    public async Task<ListResult<BlueprintBulletinItem>> ListAsync(
        string address, string accountId, ListQuery query, CancellationToken cancellationToken)
    {
        var blueprintId = await FindAsync(address, accountId, cancellationToken);
        return new ListResult<BlueprintBulletinItem>(
            query, (page, token) => ReadAsync(blueprintId, page, token).AsTask(), item => item.Id);
    }

    private static void Check(BlueprintBulletinCreateRequest request)
    {
        var faults = new Faults();
        if (string.IsNullOrWhiteSpace(request.Text))
            faults.Add("\"text\" may not be empty");
        else if (request.Text.Length > MaxCharacters)
            faults.Add($"\"text\" may have at most {MaxCharacters} characters");
        faults.CheckNul(request.Text, "text");
        faults.CheckRange(request.Ttl, 1, MaxLifetime, "ttl");
        faults.ThrowIfAny();
    }

    private async ValueTask<string> FindAsync(string address, string accountId, CancellationToken cancellationToken) =>
        await store.QueryAsync(db => db.FindOwnAsync(BlueprintKind.Name, address, accountId), cancellationToken) is { } row
            ? row.Id
            : throw ApiException.NotFound("Blueprint");

    private async ValueTask<ListPiece<BlueprintBulletinItem>> ReadAsync(string blueprintId, ListPage page, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var piece = await store.QueryAsync(
            db => db.ReadPieceAsync(
                BulletinTable.Rows,
                scope => scope.Add($" AND \"BlueprintId\" = {blueprintId}"),
                filter => filter.Add($" AND \"ExpiresAt\" > {now}"),
                page,
                static row => row.Text.Length),
            cancellationToken);
        return piece.ConvertAll(ItemOf);
    }

    private static BlueprintBulletinItem ItemOf(BulletinRow row) => new()
    {
        Id = row.Id,
        Text = row.Text,
        Author = row.Author,
        BotId = row.BotId,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt),
    };
}
