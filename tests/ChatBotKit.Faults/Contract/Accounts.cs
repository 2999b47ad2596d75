namespace ChatBotKit.Faults.Contract;

/// <summary>Whose ids there are.</summary>
internal sealed record Accounts
{
    public required string OwnerSecret { get; init; }

    public required World Own { get; init; }

    public required World Foreign { get; init; }

    public required string ForeignAccountId { get; init; }

    public required IReadOnlyList<string> KeyIds { get; init; }

    /// <summary>An API token that nobody calls with.</summary>
    public required string SpareTokenId { get; init; }

    /// <summary>Every id of either account.</summary>
    public IReadOnlyList<string> AllIds =>
        [.. new[] { Own, Own.Other!, Foreign }.SelectMany(world => new[] { world.ConversationId, world.MessageId, world.RunId, world.ContactId, world.SessionId, world.File.Name, world.ChannelId }.Concat(world.Resources.Values))];
}
