using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of idempotency keys.</summary>
internal static class IdempotencyTable
{
    /// <summary>The row of a key. Values: scope, key.</summary>
    public const string OfKey = """WHERE "Scope" = $1 AND "Key" = $2""";

    /// <summary>Deletes one batch of keys that were stored before a time. Values: time, limit.</summary>
    public const string DeleteOld = """
        DELETE FROM "IdempotencyKeys" WHERE ("Scope", "Key") IN (
            SELECT "Scope", "Key" FROM "IdempotencyKeys" WHERE "CreatedAt" < $1 LIMIT $2)
        """;

    public static SqlTable<IdempotencyRow> Rows { get; } = new(
        "IdempotencyKeys",
        [
            "Scope", "Key", "RequestHash", "Response", "ResultId", "CreatedAt",
        ],
        static row => new()
        {
            Scope = row.GetString(0),
            Key = row.GetString(1),
            RequestHash = row.GetBytes(2),
            Response = row.GetBytesOrNull(3),
            ResultId = row.GetStringOrNull(4),
            CreatedAt = row.GetInt64(5),
        },
        static (row, to) => to.Fill(
            row.Scope, row.Key, row.RequestHash, row.Response, row.ResultId, row.CreatedAt),
        keys: 2);

    /// <summary>Stores the response in the transaction of the request's effect; does nothing when the request has no key.</summary>
    public static ValueTask RememberAsync(this ISqlTransaction db, IdempotencyRow? answered) =>
        answered is null ? ValueTask.CompletedTask : db.InsertAsync(Rows, answered);
}
