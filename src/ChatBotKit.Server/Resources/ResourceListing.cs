using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Resources;

/// <summary>Lists the resources of every kind.</summary>
internal sealed class ResourceListing(ResourceStore store, ResourceSecrets secrets, TimeProvider time)
{
    /// <exception cref="ApiException">400: the query is invalid; 404: the parent does not exist.</exception>
    public async Task<IResult> ListAsync(ResourceRequest request)
    {
        var kind = request.Kind;
        var parentId = kind.Parent is null ? null : await store.ReadAsync(request.ParentIdAsync, request.Cancelled);
        return List(kind, request.AccountId, new ListQuery(request.Context), sql => AddScope(sql, kind, request.AccountId, parentId));
    }

    /// <summary>Reads a part of the list of a kind. Credentials that the server generated are masked.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="accountId">The caller's account.</param>
    /// <param name="parentId">The parent, which belongs to the account; null for a kind without one.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="page">The part.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    /// <exception cref="ApiException">400: a filter is invalid.</exception>
    public ValueTask<ListPiece<ResourceRow>> ReadAsync(
        ResourceKind kind, string accountId, string? parentId, IListFilters filters, ListPage page, CancellationToken cancellationToken) =>
        store.ReadAsync(
            db =>
            {
                var sql = new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE TRUE"));
                AddScope(sql, kind, accountId, parentId);
                return ReadAsync(db, sql, kind, accountId, filters, page);
            },
            cancellationToken);

    /// <summary>Lists the caller's resources of a kind that refer to another resource in a field.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="field">The field.</param>
    /// <param name="target">The address of the other resource in the path.</param>
    /// <param name="query">The query of the list.</param>
    /// <param name="context">The request.</param>
    /// <exception cref="ApiException">404: the other resource does not exist or does not belong to the caller.</exception>
    public async Task<IResult> ListLinkedAsync(ResourceKind kind, string field, string target, ListQuery query, HttpContext context)
    {
        var accountId = context.Caller().AccountId;
        var reference = kind.Fields.References.Single(reference => reference.Field == field);
        var row = await store.ReadAsync(db => db.FindOwnAsync(reference.Target, target, accountId), context.RequestAborted)
            ?? throw ApiException.NotFound(ResourceKind.TitleOf(reference.Target));
        return List(kind, accountId, query, sql =>
        {
            AddOwn(sql, kind, accountId);
            sql.AddLinkedTo(kind.Fields.LinkOf(reference), [row.Id]);
        });
    }

    private static void AddScope(SqlQuery sql, ResourceKind kind, string accountId, string? parentId)
    {
        if (parentId is not null)
            sql.Add($" AND \"ParentId\" = {parentId} AND \"Kind\" = {kind.Name}");
        else
            AddOwn(sql, kind, accountId);
    }

    private static void AddOwn(SqlQuery sql, ResourceKind kind, string accountId) =>
        sql.Add($" AND \"AccountId\" = {accountId} AND \"Kind\" = {kind.Name}");

    /// <summary>Lists resources of a kind, with the filters of the query.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="accountId">The caller's account.</param>
    /// <param name="query">The query of the list.</param>
    /// <param name="scope">Adds the conditions on what belongs to the list.</param>
    public ListResult<ResourceRow> List(ResourceKind kind, string accountId, ListQuery query, Action<SqlQuery> scope) => new(
        query,
        async (page, token) =>
        {
            var piece = await store.ReadAsync(
                db =>
                {
                    var sql = new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE TRUE"));
                    scope(sql);
                    return ReadAsync(db, sql, kind, accountId, query, page);
                },
                token);
            return kind.Secrets.Any(secret => secret.IsServerMade) ? piece.ConvertAll(row => secrets.ShowMade(kind, row)) : piece;
        },
        row => row.Id,
        raw: ResourceAnswer.Items(kind));

    private async ValueTask<ListPiece<ResourceRow>> ReadAsync(
        ISqlSession db, SqlQuery sql, ResourceKind kind, string accountId, IListFilters query, ListPage page)
    {
        if (kind.ExpiresBy is { } expiry)
            sql.AddUnexpired(db.Dialect, expiry, time.GetUtcNow().ToUnixTimeMilliseconds());
        if (!await FilterAsync(db, sql, kind, accountId, query))
            return ListPiece.Nothing<ResourceRow>();
        foreach (var field in kind.Filters)
        {
            if (query.Value(field) is not { } value)
                continue;
            if (kind.Fields.ChoicesOf(field) is { } choices && !choices.Contains(value))
                throw ApiException.BadRequest($"\"{field}\" must be one of {string.Join(", ", choices)}");
            db.Dialect.AddJsonCondition(sql, "\"Data\"", field, value);
        }

        foreach (var (key, value) in query.Meta)
            db.Dialect.AddJsonCondition(sql, "\"Data\"", $"{ResourceFields.Meta}.{key}", value);
        (long, string)? behind = null;
        if (page.Cursor is { } cursor)
        {
            if (await CreatedAtAsync(db, cursor) is not { } at)
                return ListPiece.Nothing<ResourceRow>();
            behind = (at, cursor);
        }

        return await db.ReadPieceAsync(ResourceTable.Rows, sql, page, behind, static row => row.Data.Length);
    }

    /// <summary>Adds the conditions on links.</summary>
    /// <returns>False when no resource can match them.</returns>
    private static async ValueTask<bool> FilterAsync(ISqlSession db, SqlQuery sql, ResourceKind kind, string accountId, IListFilters query)
    {
        foreach (var reference in kind.Fields.References.Where(reference => reference.IsFilter))
        {
            if (query.Values(reference.Field) is not { Count: > 0 } given)
                continue;
            var ids = await db.IdsOfAsync(reference.Target, given, accountId);
            if (ids.Count == 0)
                return false;
            sql.AddLinkedTo(kind.Fields.LinkOf(reference), ids);
        }

        return true;
    }

    /// <summary>
    /// Returns the time at which a list continues. If the resource at the cursor was deleted meanwhile, its id still has the time.
    /// </summary>
    private static async ValueTask<long?> CreatedAtAsync(ISqlSession db, string cursor) =>
        await db.FirstAsync(ResourceTable.CreatedAt, static row => (long?)row.GetInt64(0), cursor) ?? Ids.TimeOf(cursor);
}
