using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A request to search records of a dataset by meaning.</summary>
public sealed record DatasetSearchRequest
{
    /// <summary>Gets the words or the question to search for.</summary>
    public required string Search { get; init; }

    /// <summary>
    /// Gets the filters on the metadata of the records, key by key. A record must match all of them. A plain value must be
    /// equal. An object holds one of <c>$eq</c>, <c>$ne</c>, <c>$gt</c>, <c>$gte</c>, <c>$lt</c> and <c>$lte</c>; the last
    /// four compare numbers only.
    /// </summary>
    public JsonObject? Filter { get; init; }

    /// <summary>
    /// Gets the minimum score of this search, from 0 to 1, in place of the dataset's <c>searchMinScore</c>. Default: that of the
    /// dataset. The hosted service does not know it.
    /// </summary>
    public double? MinScore { get; init; }

    /// <summary>
    /// Gets the maximum number of records of this search, from 1 to 100, in place of the dataset's <c>searchMaxRecords</c>.
    /// Default: that of the dataset. The hosted service does not know it.
    /// </summary>
    public int? MaxRecords { get; init; }
}

/// <summary>The records that were found, best match first.</summary>
public sealed record DatasetSearchResponse : ApiObject
{
    /// <summary>Gets the id of the dataset.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the records; empty when no record is similar enough.</summary>
    public required IReadOnlyList<DatasetSearchMatch> Records { get; init; }
}

/// <summary>A record found by a search.</summary>
public sealed record DatasetSearchMatch : ApiObject
{
    /// <summary>Gets the id of the record.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the source of the text.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the similarity of the record, usually between 0 and 1; higher is better.</summary>
    public required double Score { get; init; }

    /// <summary>Gets when the record was created; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets when the record was last updated; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? UpdatedAt { get; init; }
}
