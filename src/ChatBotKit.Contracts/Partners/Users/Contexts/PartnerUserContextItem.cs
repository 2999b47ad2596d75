using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A context: data that is kept for a user. It can belong to a bot, a dataset, a skillset or a blueprint.</summary>
public sealed record PartnerUserContextItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the context.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the blueprint that the context belongs to.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the bot that the context belongs to.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the dataset that the context belongs to.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the skillset that the context belongs to.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets the data of the context.</summary>
    public JsonObject? Payload { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the context was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the context was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
