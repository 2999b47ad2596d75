using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Resources;

/// <summary>Lists the resources of every kind.</summary>
internal sealed class ResourceListing(ResourceStore store, ResourceSecrets secrets)
{
    /// <exception cref="ApiException">400: a query that can't be used; 404: no such parent.</exception>
    public async Task<IResult> ListAsync(ResourceRequest request)
    {
        var query = new ListQuery(request.Context);
        var parentId = await store.ReadAsync(request.ParentIdAsync, request.Cancelled);
        return new ListResult<ResourceRow>(
            query,
            (page, token) => ReadAsync(request, parentId, query, page, token),
            row => row.Id,
            raw: ResourceAnswer.Items(request.Kind));
    }

    private async Task<ListPiece<ResourceRow>> ReadAsync(
        ResourceRequest request, string? parentId, ListQuery query, ListPage page, CancellationToken cancellationToken)
    {
        var piece = await store.ReadAsync(
            db =>
            {
                var sql = new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE TRUE"));
                if (parentId is not null)
                    sql.Add($" AND \"ParentId\" = {parentId} AND \"Kind\" = {request.Kind.Name}");
                else
                    sql.Add($" AND \"AccountId\" = {request.AccountId} AND \"Kind\" = {request.Kind.Name}");
                return ReadAsync(db, sql, request, query, page);
            },
            cancellationToken);
        return request.Kind.Secrets.Any(secret => secret.IsServerMade)
            ? piece.ConvertAll(row => secrets.ShowMade(request.Kind, row))
            : piece;
    }

    private static async ValueTask<ListPiece<ResourceRow>> ReadAsync(
        ISqlSession db, SqlQuery sql, ResourceRequest request, ListQuery query, ListPage page)
    {
        if (!await FilterAsync(db, sql, request, query))
            return ListPiece.Nothing<ResourceRow>();
        foreach (var field in request.Kind.Filters)
        {
            if (query.Value(field) is not { } value)
                continue;
            if (request.Kind.Fields.ChoicesOf(field) is { } choices && !choices.Contains(value))
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
    /// <returns>False when nothing can meet them.</returns>
    private static async ValueTask<bool> FilterAsync(ISqlSession db, SqlQuery sql, ResourceRequest request, ListQuery query)
    {
        foreach (var reference in request.Kind.Fields.References.Where(reference => reference.IsFilter))
        {
            if (query.Values(reference.Field) is not { Count: > 0 } given)
                continue;
            var ids = new List<string>();
            foreach (var address in given)
            {
                if (ResourceAddress.Parse(address).Form == AddressForm.Id)
                    ids.Add(address);
                else if (await db.FindUsableAsync(reference.Target, address, request.AccountId) is { } target)
                    ids.Add(target.Id);
            }

            if (ids.Count == 0)
                return false;
            sql.AddLinkedTo(request.Kind.Fields.LinkOf(reference), ids);
        }

        return true;
    }

    /// <summary>The time at which a list goes on. That of a resource which was deleted meanwhile is in its id.</summary>
    private static async ValueTask<long?> CreatedAtAsync(ISqlSession db, string cursor) =>
        await db.FirstAsync(ResourceTable.CreatedAt, static row => (long?)row.GetInt64(0), cursor) ?? Ids.TimeOf(cursor);
}
