namespace ChatBotKit.Server.Data.Rows;

/// <summary>An owner of resources. The parent of a child account may act for it with the run-as headers.</summary>
internal sealed class AccountRow
{
    public required string Id { get; init; }

    public string? ParentId { get; init; }

    /// <summary>The e-mail address in lower case; unique among the children of the parent.</summary>
    public string? Email { get; set; }

    public string Name { get; set; } = "";

    public required long CreatedAt { get; init; }

    /// <summary>The alias by which related accounts address resources of this one; unique among the children of the parent.</summary>
    public string? Alias { get; set; }

    public string? Description { get; set; }

    public string? Image { get; set; }

    /// <summary>Free-form data as JSON.</summary>
    public string? Meta { get; set; }

    public long? UpdatedAt { get; set; }

    /// <summary>When the deletion of the account began; null for an active account.</summary>
    public long? DeletedAt { get; set; }
}
