using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>The bytes of an attachment, of the content of a file, or of a file of a space.</summary>
/// <param name="Owner">The owner of the bytes, such as <c>attachment a1</c>, <c>file f1</c> or <c>space s1 at a.txt</c>.</param>
/// <param name="BlobId">The name of the file in the directory.</param>
/// <param name="Length">The number of its bytes.</param>
internal sealed record MovedFile(string Owner, string BlobId, long Length);

/// <summary>The files to which the rows of a SQLite database refer.</summary>
/// <param name="source">The database.</param>
/// <param name="blobs">The files.</param>
/// <param name="acceptsMissing">Whether files may be missing, or shorter or longer than their rows say.</param>
internal sealed class MovedFiles(SqliteConnection source, IBlobStore blobs, bool acceptsMissing)
{
    private const int PageSize = 500;

    /// <summary>The owner of a row of the contents: the content of a file has no path.</summary>
    public const string OfContent = """
        CASE "Path" WHEN '' THEN 'file ' || "ResourceId" ELSE 'space ' || "ResourceId" || ' at ' || "Path" END
        """;

    private const string Page = $"""
        SELECT "Owner", "BlobId", "Size" FROM (
            SELECT 'attachment ' || "Id" AS "Owner", "BlobId", "Size" FROM "Attachments"
            UNION ALL SELECT {OfContent}, "BlobId", "Size" FROM "Contents")
        WHERE "BlobId" > $1 ORDER BY "BlobId" LIMIT $2
        """;

    private const string IsReferred = """
        SELECT 1 FROM "Attachments" WHERE "BlobId" = $1 UNION ALL SELECT 1 FROM "Contents" WHERE "BlobId" = $1
        """;

    /// <summary>Whether files may be missing, or shorter or longer than their rows say.</summary>
    public bool AcceptsMissing => acceptsMissing;

    /// <summary>
    /// The connections to the database of a running server. A file whose attachment was deleted after <c>source</c> was read may be
    /// missing. Null when the server is stopped.
    /// </summary>
    public SqliteConnections? Current { get; init; }

    /// <summary>Reads the files in pages.</summary>
    public async IAsyncEnumerable<List<MovedFile>> ReadPagesAsync()
    {
        using var session = new SqliteSession(source);
        var (page, after) = (new List<MovedFile>(), "");
        do
        {
            page = await session.ListAsync(Page, static row => new MovedFile(row.GetString(0), row.GetString(1), row.GetInt64(2)), after, PageSize);
            if (page.Count > 0)
                yield return page;
            after = page is [.., var last] ? last.BlobId : after;
        }
        while (page.Count == PageSize);
    }

    /// <summary>Opens a file.</summary>
    /// <returns>The bytes; null when the file is missing and may be.</returns>
    /// <exception cref="StartupException">The file is missing or damaged.</exception>
    public async Task<Stream?> OpenAsync(MovedFile file, CancellationToken cancellationToken)
    {
        Stream? bytes;
        try
        {
            bytes = await blobs.OpenAsync(file.BlobId, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refusal(file, $"can't be read: {exception.Message}");
        }

        if (acceptsMissing || (bytes is null && IsDeleted(file)) || (bytes is not null && bytes.Length == file.Length))
            return bytes;
        if (bytes is null)
            throw Refusal(file, "is missing");
        var length = bytes.Length;
        await bytes.DisposeAsync();
        throw Refusal(file, $"has {length} bytes, and {file.Length} were stored");
    }

    /// <summary>Checks that all files exist, and have the length that their rows say.</summary>
    /// <returns>The number of files that exist, and of their bytes.</returns>
    /// <exception cref="StartupException">A file is missing or damaged.</exception>
    public async Task<(long Files, long Bytes)> CheckAsync(CancellationToken cancellationToken)
    {
        var (files, bytes) = (0L, 0L);
        await foreach (var page in ReadPagesAsync().WithCancellation(cancellationToken))
        {
            foreach (var file in page)
            {
                await using var content = await OpenAsync(file, cancellationToken);
                (files, bytes) = content is null ? (files, bytes) : (files + 1, bytes + content.Length);
            }
        }

        return (files, bytes);
    }

    private bool IsDeleted(MovedFile file)
    {
        using var connection = Current?.OpenReader();
        return connection is not null && connection.Scalar(IsReferred, file.BlobId) is null;
    }

    /// <summary>Returns the exception for a file that can't be moved.</summary>
    public static StartupException Refusal(MovedFile file, string what) => new(
        $"'{file.BlobId}' of the {file.Owner} {what}. Restore it into the directory 'attachments', or add --accept-missing-files to move the rest; the server then answers 404 for a missing file.");
}
