namespace ChatBotKit;

/// <summary>The result of an import of records into a dataset.</summary>
public sealed record RecordImportResponse : ApiObject
{
    /// <summary>Gets the id of the dataset.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the number of rows that are stored, including those that were stored before.</summary>
    public required int Imported { get; init; }

    /// <summary>Gets the number of records that are new or different. It is 0 when the same rows are imported again.</summary>
    public required int Changed { get; init; }

    /// <summary>Gets the number of rows that could not be imported.</summary>
    public required int Failed { get; init; }

    /// <summary>Gets the rows that could not be imported, in their order.</summary>
    public required IReadOnlyList<RecordImportError> Errors { get; init; }
}

/// <summary>A row that could not be imported.</summary>
public sealed record RecordImportError : ApiObject
{
    /// <summary>Gets the line at which the row begins, from 1 on.</summary>
    public required long Line { get; init; }

    /// <summary>Gets the reason.</summary>
    public required string Message { get; init; }
}
