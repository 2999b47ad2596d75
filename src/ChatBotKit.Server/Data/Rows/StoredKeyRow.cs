namespace ChatBotKit.Server.Data.Rows;

/// <summary>A key that encrypts secrets or hashes API tokens.</summary>
internal sealed class StoredKeyRow
{
    public required string Name { get; init; }

    /// <summary>The key as the text of a key file.</summary>
    public required string Value { get; init; }

    public required long CreatedAt { get; init; }
}
