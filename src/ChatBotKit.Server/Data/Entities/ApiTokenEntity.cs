namespace ChatBotKit.Server.Data.Entities;

/// <summary>An <c>sk-</c> token of an account. Only the SHA-256 of the token is kept.</summary>
internal sealed class ApiTokenEntity
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required byte[] Hash { get; init; }

    public string Name { get; set; } = "";

    public required long CreatedAt { get; init; }

    public long? RevokedAt { get; set; }
}
