using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A policy: a rule about the data or the usage of bots.</summary>
public sealed record PolicyItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name that can be used instead of the id, with @ in front.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the policy is for.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the blueprint that the policy belongs to.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the bot that the policy is about; null for every bot.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets what the policy limits.</summary>
    public required PolicyType Type { get; init; }

    /// <summary>
    /// Gets what the policy demands. For <see cref="PolicyType.Retention"/> <c>expiresInDays</c>; for
    /// <see cref="PolicyType.Usage"/> <c>metric</c> (tokens, messages or conversations), <c>threshold</c>,
    /// <c>windowInSeconds</c> and <c>actions</c> with <c>block</c>, <c>email</c> or both.
    /// </summary>
    public JsonObject? Config { get; init; }

    /// <summary>Gets whether the policy is in use; null when the server does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public State? State { get; init; }

    /// <summary>Gets free data.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the policy was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the policy was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
