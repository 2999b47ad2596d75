using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>Reads the records of the caller's datasets. Other accounts that may use a dataset can search it, but not list or fetch its records.</summary>
internal sealed class RecordReading(IStore store)
{
    /// <exception cref="ApiException">404: the caller has no such dataset or record.</exception>
    public async Task<RecordRow> GetAsync(string dataset, string recordId, Caller caller, CancellationToken cancellationToken) =>
        await store.QueryAsync(
            async db => await db.FindRecordAsync(await DatasetIdAsync(db, dataset, caller), recordId), cancellationToken) ?? throw NotFound();

    /// <exception cref="ApiException">404: the caller has no such dataset.</exception>
    public async Task<IResult> ListAsync(string dataset, ListQuery query, Caller caller, CancellationToken cancellationToken)
    {
        var datasetId = await store.QueryAsync(db => DatasetIdAsync(db, dataset, caller), cancellationToken);
        return new ListResult<RecordRow>(
            query,
            async (page, token) => await store.QueryAsync(db => ReadPieceAsync(db, datasetId, query, page), token),
            RecordMapping.CursorOf,
            raw: RecordMapping.Items);
    }

    public static ApiException NotFound() => ApiException.NotFound("Record");

    public static ApiException NoDataset() => ApiException.NotFound("Dataset");

    private static ValueTask<ListPiece<RecordRow>> ReadPieceAsync(ISqlSession db, string datasetId, ListQuery query, ListPage page)
    {
        var behind = page.Cursor is null ? null : RecordMapping.ReadCursor(page.Cursor);
        if (page.Cursor is not null && behind is null)
            return new(ListPiece.Nothing<RecordRow>());
        var sql = new SqlQuery().AddSql(RecordTable.Rows.Select($"WHERE {RecordTable.AreStored}")).Add($" AND \"DatasetId\" = {datasetId}");
        foreach (var (key, value) in query.Meta)
            db.Dialect.AddJsonCondition(sql, "\"Meta\"", key, value);
        return db.ReadPieceAsync(RecordTable.Rows, sql, page, behind, static row => row.Characters);
    }

    private static async ValueTask<string> DatasetIdAsync(ISqlSession db, string dataset, Caller caller) =>
        await db.FindOwnAsync(DatasetKind.Name, dataset, caller.AccountId) is { } found ? found.Id : throw NoDataset();
}
