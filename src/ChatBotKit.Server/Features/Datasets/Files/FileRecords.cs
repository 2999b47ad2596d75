using System.Globalization;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Datasets.Files;

/// <summary>The records that were created from a file, up to a change. Records of a later import of the file are others.</summary>
/// <param name="DatasetId">The id of the dataset.</param>
/// <param name="FileId">The id of the file.</param>
/// <param name="UpTo">The number of the last change.</param>
internal sealed record FileRecords(string DatasetId, string FileId, long UpTo)
{
    /// <summary>How many records one transaction deletes.</summary>
    public const int BatchSize = 100;

    /// <summary>The beginning of the source of the records of a file. The id of the file follows.</summary>
    private const string SourcePrefix = "file:///";

    /// <summary>Returns the source of the records of a file.</summary>
    public static string SourceOf(string fileId) => SourcePrefix + fileId;

    /// <summary>Whether a source names the file that a record was created from.</summary>
    public static bool IsSource(string? source) => source?.StartsWith(SourcePrefix, StringComparison.Ordinal) is true;

    /// <summary>Reads the key of due work.</summary>
    public static FileRecords Parse(string key)
    {
        var parts = key.Split('.');
        return new FileRecords(parts[0], parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    /// <summary>Returns the key of due work that is about these records.</summary>
    public string ToKey() => string.Create(CultureInfo.InvariantCulture, $"{DatasetId}.{FileId}.{UpTo}");

    /// <summary>Deletes some of the records.</summary>
    /// <returns>The number of deleted records.</returns>
    public ValueTask<int> DeleteSomeAsync(ISqlTransaction db, DateTimeOffset now) =>
        db.DeleteRecordsOfSourceAsync(DatasetId, SourceOf(FileId), UpTo, BatchSize, now);
}
