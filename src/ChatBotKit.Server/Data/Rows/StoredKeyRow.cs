namespace ChatBotKit.Server.Data.Rows;

/// <summary>A key that encrypts secrets or hashes API tokens.</summary>
internal sealed class StoredKeyRow
{
    public required string Name { get; init; }

    /// <summary>The text of the file that the key would be in a directory of keys.</summary>
    public required string Value { get; init; }

    public required long CreatedAt { get; init; }
}
