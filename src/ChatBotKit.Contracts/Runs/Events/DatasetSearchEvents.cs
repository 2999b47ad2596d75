using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A search in a dataset begins.</summary>
public sealed record DatasetSearchBeginEvent : RunEvent<DatasetSearchEventData>
{
    /// <inheritdoc/>
    public override string Type => "datasetSearchBegin";
}

/// <summary>A search in a dataset is over.</summary>
public sealed record DatasetSearchEndEvent : RunEvent<DatasetSearchEventData>
{
    /// <inheritdoc/>
    public override string Type => "datasetSearchEnd";
}

/// <summary>Describes what is searched, and at the end what was found.</summary>
public sealed record DatasetSearchEventData : ApiObject
{
    /// <summary>Gets the temporary id of the search; begin and end carry the same.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the words that are searched.</summary>
    public string? Search { get; init; }

    /// <summary>Gets the records that were found; null at the beginning.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DatasetSearchRecord>? Records { get; init; }
}

/// <summary>A record that a search has found.</summary>
public sealed record DatasetSearchRecord : ApiObject
{
    /// <summary>Gets where the record comes from, for example a file name.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the text of the record.</summary>
    public required string Text { get; init; }
}
