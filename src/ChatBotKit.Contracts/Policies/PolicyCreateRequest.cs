using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a policy.</summary>
public sealed record PolicyCreateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 lower-case letters, digits, - and
    /// _; unique among your policies.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the policy. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the blueprint that the policy belongs to, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the bot that the policy is about, by id or alias. Default: every bot.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets what the policy limits.</summary>
    public required PolicyType Type { get; init; }

    /// <summary>
    /// Gets the settings of the policy. <see cref="PolicyType.Retention"/> has <c>expiresInDays</c>;
    /// <see cref="PolicyType.Usage"/> has <c>metric</c> (tokens, messages or conversations), <c>threshold</c>,
    /// <c>windowInSeconds</c>, and <c>actions</c> with <c>block</c>, <c>email</c> or both.
    /// </summary>
    public JsonObject? Config { get; init; }

    /// <summary>Gets whether the policy is in use. Default: <see cref="State.Enabled"/>. Only newer servers support it.</summary>
    public State? State { get; init; }
}
