using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>One usage record. It is never updated.</summary>
public sealed record UsageRecordItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the action that was recorded.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the type of usage. A server may send other types.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the amount that was used; for a model, the number of weighted tokens.</summary>
    public required long Count { get; init; }

    /// <summary>Gets the conversation for which it was used.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the message for which it was used.</summary>
    public string? MessageId { get; init; }

    /// <summary>Gets the task for which it was used.</summary>
    public string? TaskId { get; init; }

    /// <summary>Gets the contact for which it was used.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the blueprint for which it was used.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the bot for which it was used.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the dataset for which it was used.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the skillset for which it was used.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets the ability for which it was used.</summary>
    public string? AbilityId { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when it was used.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the entry was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
