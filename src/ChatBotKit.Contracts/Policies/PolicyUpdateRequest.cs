using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a policy. A field that is not set keeps its value.</summary>
public sealed record PolicyUpdateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it; null removes it. At most 128 characters. The
    /// hosted service also removes it when it is left out, so send it with every update.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the policy. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }

    /// <summary>Gets the blueprint that the policy belongs to, by id or alias; null for none.</summary>
    public Optional<string> BlueprintId { get; init; }

    /// <summary>Gets the bot that the policy is about, by id or alias; null for every bot.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets what the policy limits.</summary>
    public Optional<PolicyType> Type { get; init; }

    /// <summary>
    /// Gets the settings of the policy. <see cref="PolicyType.Retention"/> has <c>expiresInDays</c>;
    /// <see cref="PolicyType.Usage"/> has <c>metric</c> (tokens, messages or conversations), <c>threshold</c>,
    /// <c>windowInSeconds</c>, and <c>actions</c> with <c>block</c>, <c>email</c> or both.
    /// </summary>
    public Optional<JsonObject> Config { get; init; }

    /// <summary>Gets whether the policy is in use. Only newer servers support it.</summary>
    public Optional<State> State { get; init; }
}
