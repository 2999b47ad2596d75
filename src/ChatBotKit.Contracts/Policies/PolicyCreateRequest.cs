using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Creates a policy.</summary>
public sealed record PolicyCreateRequest
{
    /// <summary>
    /// Gets a name that can be used instead of the id, with @ in front. Lower-case letters, digits, - and _; at most 128, and
    /// unique among your policies.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the policy is for. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets free data, as large as a request may be; keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the blueprint that the policy belongs to, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the bot that the policy is about, by id or alias. Default: every bot.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets what the policy limits.</summary>
    public required PolicyType Type { get; init; }

    /// <summary>
    /// Gets what the policy demands. For <see cref="PolicyType.Retention"/> <c>expiresInDays</c>; for
    /// <see cref="PolicyType.Usage"/> <c>metric</c> (tokens, messages or conversations), <c>threshold</c>,
    /// <c>windowInSeconds</c> and <c>actions</c> with <c>block</c>, <c>email</c> or both.
    /// </summary>
    public JsonObject? Config { get; init; }

    /// <summary>Gets whether the policy is in use. Default: <see cref="State.Enabled"/>. Only newer servers know it.</summary>
    public State? State { get; init; }
}
