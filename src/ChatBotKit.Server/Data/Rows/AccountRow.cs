namespace ChatBotKit.Server.Data.Rows;

/// <summary>An owner of resources. A child account has a parent, who may act for it with the run-as headers.</summary>
internal sealed class AccountRow
{
    public required string Id { get; init; }

    public string? ParentId { get; init; }

    public string? Email { get; set; }

    public string Name { get; set; } = "";

    public required long CreatedAt { get; init; }
}
