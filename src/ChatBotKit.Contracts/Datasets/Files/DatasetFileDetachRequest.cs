namespace ChatBotKit;

/// <summary>A request to detach a file from a dataset.</summary>
public sealed record DatasetFileDetachRequest
{
    /// <summary>Gets whether the records that were created from the file are deleted. Default: no.</summary>
    public bool? DeleteRecords { get; init; }
}
