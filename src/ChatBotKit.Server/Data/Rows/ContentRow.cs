namespace ChatBotKit.Server.Data.Rows;

/// <summary>The content of a resource at a path, or the announcement of one. Its bytes are a blob.</summary>
internal sealed record ContentRow
{
    /// <summary>The path of the content of a file.</summary>
    public const string OfFile = "";

    public required string Id { get; init; }

    public required string ResourceId { get; init; }

    public required string Path { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The name that the uploaded file had; null when it had none.</summary>
    public string? Name { get; init; }

    public required string ContentType { get; init; }

    /// <summary>The size in bytes. Until the upload is complete it is the announced size.</summary>
    public required long Size { get; init; }

    /// <summary>The blob with the bytes; null between the response with the upload request and the end of the upload.</summary>
    public string? BlobId { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }
}
