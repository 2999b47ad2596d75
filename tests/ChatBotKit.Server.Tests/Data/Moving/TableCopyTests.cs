using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Moving;
using ChatBotKit.Server.Data.PostgreSql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>The copy of a table, and the digest that finds every difference.</summary>
public sealed class TableCopyTests : MovingTests
{
    private static readonly MovedTable Table = new(
        "T", [new("Id", SqlType.Text), new("N", SqlType.Number), new("B", SqlType.Bytes), new("F", SqlType.Boolean)], ["Id"]);

    [Theory]
    [InlineData("""UPDATE "T" SET "Id" = "Id" || 'x' WHERE "N" = 3""")]
    [InlineData("""UPDATE "T" SET "N" = 4 WHERE "N" = 3""")]
    [InlineData("""UPDATE "T" SET "N" = NULL WHERE "N" = 3""")]
    [InlineData("""UPDATE "T" SET "F" = NOT "F" WHERE "N" = 3""")]
    [InlineData("""UPDATE "T" SET "B" = '' WHERE "N" = 3""")]
    [InlineData("""DELETE FROM "T" WHERE "N" = 3""")]
    [InlineData("""INSERT INTO "T" VALUES ('more', 1, NULL, TRUE)""")]
    [InlineData("""INSERT INTO "T" SELECT * FROM "T" WHERE "N" = 3""")]
    public async Task EveryDifference_ChangesTheDigest(string change)
    {
        using var source = new SqliteConnection("Data Source=:memory:");
        source.Open();
        using (var command = source.CreateCommand())
        {
            // The last rows are larger than the buffers.
            command.CommandText = """
                CREATE TABLE "T" ("Id" TEXT, "N" INTEGER, "B" BLOB, "F" INTEGER);
                WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1000)
                INSERT INTO "T" SELECT 'row ' || n, n, randomblob(n * 3), n % 2 FROM n;
                INSERT INTO "T" VALUES ('empty', NULL, x'', 0), ('null', 5, NULL, NULL), ('big', 2000, randomblob(2000000), 1), ('next', 2001, randomblob(262144), 1);
                """;
            command.ExecuteNonQuery();
        }

        await using var pool = NpgsqlDataSource.Create($"{Database};Pooling=false");
        await using var target = await pool.OpenConnectionAsync(Cancellation);
        await target.RunAsync("""CREATE TABLE "T" ("Id" text, "N" bigint, "B" bytea, "F" boolean)""");

        var copied = new TableDigest();
        using (var rows = new SqliteTuples(source, Table))
            await TableCopy.CopyAsync(rows, target, Table, copied, Cancellation);
        var stored = await TableCopy.DigestAsync(target, Table, Cancellation);
        await target.RunAsync(change);
        var changed = await TableCopy.DigestAsync(target, Table, Cancellation);

        Assert.Equal(1004, copied.Rows);
        Assert.True(copied.Matches(stored));
        Assert.True(copied.Matches(SqliteTuples.Digest(source, Table)));
        Assert.False(copied.Matches(changed));
    }
}
