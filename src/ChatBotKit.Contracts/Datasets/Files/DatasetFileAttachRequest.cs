namespace ChatBotKit;

/// <summary>A request to attach a file to a dataset.</summary>
public sealed record DatasetFileAttachRequest
{
    /// <summary>Gets the role of the file in the dataset. Default: <see cref="DatasetFileType.Source"/>.</summary>
    public DatasetFileType? Type { get; init; }
}
