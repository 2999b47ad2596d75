using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A request to search records of a dataset by meaning.</summary>
public sealed record DatasetSearchRequest
{
    /// <summary>Gets the words or the question to search for.</summary>
    public required string Search { get; init; }

    /// <summary>
    /// Gets what the metadata of the records must be, key by key; all must fit. A plain value must be equal; an object holds one of
    /// <c>$eq</c>, <c>$ne</c>, <c>$gt</c>, <c>$gte</c>, <c>$lt</c> and <c>$lte</c>, of which the last four compare numbers only.
    /// </summary>
    public JsonObject? Filter { get; init; }
}

/// <summary>The records that were found, best match first.</summary>
public sealed record DatasetSearchResponse : ApiObject
{
    /// <summary>Gets the id of the dataset.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the records; there are none when nothing is alike enough.</summary>
    public required IReadOnlyList<DatasetSearchMatch> Records { get; init; }
}

/// <summary>A record that a search has found.</summary>
public sealed record DatasetSearchMatch : ApiObject
{
    /// <summary>Gets the id of the record.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets where the text comes from.</summary>
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
