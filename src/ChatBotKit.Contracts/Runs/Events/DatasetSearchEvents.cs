using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A search in a dataset starts.</summary>
public sealed record DatasetSearchBeginEvent : RunEvent<DatasetSearchEventData>
{
    /// <inheritdoc/>
    public override string Type => "datasetSearchBegin";
}

/// <summary>A search in a dataset has ended.</summary>
public sealed record DatasetSearchEndEvent : RunEvent<DatasetSearchEventData>
{
    /// <inheritdoc/>
    public override string Type => "datasetSearchEnd";
}

/// <summary>Describes the search and, at its end, the records that were found.</summary>
public sealed record DatasetSearchEventData : ApiObject
{
    /// <summary>Gets the temporary id of the search. Its begin and end events have the same id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the text of the search.</summary>
    public string? Search { get; init; }

    /// <summary>Gets the records that were found; null at the start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DatasetSearchRecord>? Records { get; init; }
}

/// <summary>A record found by a search.</summary>
public sealed record DatasetSearchRecord : ApiObject
{
    /// <summary>Gets the source of the record, for example a file name.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the text of the record.</summary>
    public required string Text { get; init; }
}
