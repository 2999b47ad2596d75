namespace ChatBotKit.Faults.Contract;

/// <summary>The accounts with their ids.</summary>
internal sealed record Accounts
{
    public required string OwnerSecret { get; init; }

    public required World Own { get; init; }

    public required World Foreign { get; init; }

    public required string ForeignAccountId { get; init; }

    public required IReadOnlyList<string> KeyIds { get; init; }

    /// <summary>The id of a dead letter, which can be retried and dropped.</summary>
    public required string WorkId { get; init; }

    /// <summary>The id of an API token that no request uses.</summary>
    public required string SpareTokenId { get; init; }

    /// <summary>The ids of both accounts.</summary>
    public IReadOnlyList<string> AllIds =>
        [.. new[] { Own, Own.Other!, Foreign }.SelectMany(world => new[] { world.ConversationId, world.MessageId, world.RunId, world.ContactId, world.SessionId, world.File.Name, world.ChannelId }.Concat(world.Resources.Values))];
}
