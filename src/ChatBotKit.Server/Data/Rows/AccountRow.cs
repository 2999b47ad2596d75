namespace ChatBotKit.Server.Data.Rows;

/// <summary>An owner of resources. A child account has a parent, who may act for it with the run-as headers.</summary>
internal sealed class AccountRow
{
    public required string Id { get; init; }

    public string? ParentId { get; init; }

    /// <summary>In lower case; unique among the children of the parent.</summary>
    public string? Email { get; set; }

    public string Name { get; set; } = "";

    public required long CreatedAt { get; init; }

    /// <summary>By which related accounts address this one's resources; unique among the children of the parent.</summary>
    public string? Alias { get; set; }

    public string? Description { get; set; }

    public string? Image { get; set; }

    /// <summary>Free data as JSON.</summary>
    public string? Meta { get; set; }

    public long? UpdatedAt { get; set; }

    /// <summary>Since when the account is being deleted; null for one that can be used.</summary>
    public long? DeletedAt { get; set; }
}
