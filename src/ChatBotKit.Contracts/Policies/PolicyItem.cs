using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A policy: a rule about the data or the usage of bots.</summary>
public sealed record PolicyItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the alias, which can replace the id when @ is written before it.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the policy.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the blueprint that the policy belongs to.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the bot that the policy is about; null for every bot.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets what the policy limits.</summary>
    public required PolicyType Type { get; init; }

    /// <summary>
    /// Gets the settings of the policy. <see cref="PolicyType.Retention"/> has <c>expiresInDays</c>;
    /// <see cref="PolicyType.Usage"/> has <c>metric</c> (tokens, messages or conversations), <c>threshold</c>,
    /// <c>windowInSeconds</c>, and <c>actions</c> with <c>block</c>, <c>email</c> or both.
    /// </summary>
    public JsonObject? Config { get; init; }

    /// <summary>Gets whether the policy is enabled; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public State? State { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the policy was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the policy was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
