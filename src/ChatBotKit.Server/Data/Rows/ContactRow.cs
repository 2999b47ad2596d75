namespace ChatBotKit.Server.Data.Rows;

internal sealed class ContactRow
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>Unique per account: what identifies the person.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether the fingerprint was given by a trusted caller, rather than derived from what a visitor typed.</summary>
    public bool Verified { get; set; }

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public string? Email { get; set; }

    public string? Phone { get; set; }

    public string? Nick { get; set; }

    public string? Meta { get; set; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
