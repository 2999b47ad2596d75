using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>Copies the files of the attachments and contents that a round has written.</summary>
/// <param name="target">The target.</param>
/// <param name="files">The files.</param>
internal sealed class ChangedFiles(NpgsqlConnection target, MovedFiles files)
{
    private const int PageSize = 500;

    /// <summary>The tables whose rows refer to files.</summary>
    private static readonly string[] Referring = ["Attachments", "Contents"];

    private const string Reference = "FK_BlobChunks_Blobs_BlobId";

    private const string Definition = $"""
        SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = '{Reference}' AND connamespace = current_schema()::regnamespace
        """;

    private const string Page = """SELECT "Owner", "BlobId", "Size" FROM "NewFiles" WHERE "BlobId" > $1 ORDER BY "BlobId" LIMIT $2""";

    /// <param name="tables">The names of the tables that the round has written.</param>
    /// <param name="cancellationToken">The token that cancels the copy.</param>
    /// <exception cref="StartupException">A file can't be moved.</exception>
    public async Task CopyAsync(IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        if (Referring.Intersect(tables).ToList() is not [_, ..] written)
            return;
        await target.RunAsync($"CREATE TEMPORARY TABLE \"NewFiles\" ON COMMIT DROP AS {string.Join(" UNION ALL ", written.Select(Collect))}");
        // Chunks are written before their blob, whose length and hash are known at its end.
        var definition = (string?)await target.ScalarAsync(Definition);
        await target.RunAsync($"ALTER TABLE \"BlobChunks\" DROP CONSTRAINT \"{Reference}\"");
        var (copy, page, after) = (new FileCopy(files, target), new List<MovedFile>(), "");
        do
        {
            page = await target.ListAsync(Page, row => new MovedFile(row.GetString(0), row.GetString(1), row.GetInt64(2)), after, PageSize);
            if (page.Count > 0)
                await copy.CopyAsync(page, cancellationToken);
            after = page is [.., var last] ? last.BlobId : after;
        }
        while (page.Count == PageSize);
        await target.RunAsync($"ALTER TABLE \"BlobChunks\" ADD CONSTRAINT \"{Reference}\" {definition}");
        await VerifyAsync(copy, cancellationToken);
    }

    /// <summary>Returns the query of the written rows of a table whose files are not there yet.</summary>
    private static string Collect(string table) => $"""
        SELECT {(table == "Contents" ? MovedFiles.OfContent : "'attachment ' || r.\"Id\"")} AS "Owner", r."BlobId", r."Size"
        FROM "{ChangedTable.RowsOf(table)}" r
        WHERE r."BlobId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "Blobs" b WHERE b."Id" = r."BlobId")
        """;

    private async Task VerifyAsync(FileCopy copy, CancellationToken cancellationToken)
    {
        foreach (var (table, digest) in copy.Digests)
        {
            var stored = table with { Condition = $"""WHERE "{table.Keys[0]}" IN (SELECT "BlobId" FROM "NewFiles")""" };
            var there = await TableCopy.DigestAsync(target, stored, cancellationToken);
            if (!there.Matches(digest))
                throw new StartupException($"New files were not copied correctly: {digest} were read, and {there} are stored in {table.Name}.");
        }
    }
}
