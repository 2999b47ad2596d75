namespace ChatBotKit.Server.Data.Rows;

/// <summary>The value that a contact has for a personal secret.</summary>
internal sealed record SecretValueRow
{
    public required string SecretId { get; init; }

    public required string ContactId { get; init; }

    /// <summary>Whether the value is one that somebody entered, or the tokens of an OAuth provider.</summary>
    public required string Field { get; init; }

    /// <summary>The value, encrypted.</summary>
    public required string Value { get; init; }

    public required long UpdatedAt { get; init; }
}
