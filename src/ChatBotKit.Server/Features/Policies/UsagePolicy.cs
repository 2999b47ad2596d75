using System.Text.Json;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Policies;

/// <summary>An enabled policy of usage.</summary>
/// <param name="Id">The id of the policy.</param>
/// <param name="AccountId">The account.</param>
/// <param name="BotId">The bot; null for the whole account.</param>
/// <param name="Metric">What is added up: <c>tokens</c>, <c>messages</c> or <c>conversations</c>.</param>
/// <param name="Threshold">The sum from which on the actions are taken.</param>
/// <param name="WindowMs">The length of the time that is added up, until now.</param>
internal sealed record UsagePolicy(string Id, string AccountId, string? BotId, string Metric, double Threshold, long WindowMs)
{
    /// <summary>The longest window or block, 100 years.</summary>
    private const double MaxMs = 3_153_600_000_000;

    public string? Name { get; init; }

    /// <summary>How long the bots are blocked; null when the policy does not block.</summary>
    public long? BlockMs { get; init; }

    /// <summary>Whether the policy sends an e-mail.</summary>
    public bool IsMailed { get; init; }

    /// <summary>The recipients of the e-mail; empty for the address of the account.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    public long? BlockedUntil { get; init; }

    public long? MailedAt { get; init; }

    /// <summary>Returns the policy; null when it is of another type, is disabled, or has no settings.</summary>
    public static UsagePolicy? From(PolicyRow row)
    {
        using var document = JsonDocument.Parse(row.Data);
        var policy = document.RootElement;
        if (TextOf(policy, "type") != PolicyType.Usage.Value || TextOf(policy, "state") == State.Disabled.Value
            || !policy.TryGetProperty("config", out var config) || config.ValueKind != JsonValueKind.Object)
            return null;
        var actions = config.GetProperty("actions");
        var isMailed = actions.TryGetProperty("email", out var email) && email.ValueKind != JsonValueKind.Null;
        return new UsagePolicy(
            row.Id, row.AccountId, TextOf(policy, "botId"), TextOf(config, "metric")!, config.GetProperty("threshold").GetDouble(),
            MillisecondsOf(config, "windowInSeconds"))
        {
            Name = TextOf(policy, "name"),
            BlockMs = actions.TryGetProperty("block", out var block) && block.ValueKind == JsonValueKind.Object
                ? MillisecondsOf(block, "durationInSeconds")
                : null,
            IsMailed = isMailed,
            Recipients = isMailed ? RecipientsOf(email) : [],
            BlockedUntil = row.BlockedUntil,
            MailedAt = row.MailedAt,
        };
    }

    /// <summary>Whether the policy is about a run or session with the bot.</summary>
    public bool AppliesTo(string? botId) => BotId is null || BotId == botId;

    /// <summary>Whether an e-mail may be sent: at most one in each window.</summary>
    public bool MayMail(long now) => IsMailed && (MailedAt is null || MailedAt <= now - WindowMs);

    private static List<string> RecipientsOf(JsonElement email) => email.ValueKind switch
    {
        JsonValueKind.String => [email.GetString()!],
        JsonValueKind.Array => [.. email.EnumerateArray().Select(one => one.GetString()!)],
        _ => email.TryGetProperty("to", out var to) && to.ValueKind != JsonValueKind.Null ? RecipientsOf(to) : [],
    };

    private static long MillisecondsOf(JsonElement element, string field) =>
        (long)Math.Clamp(element.GetProperty(field).GetDouble() * 1_000, 1, MaxMs);

    private static string? TextOf(JsonElement element, string field) =>
        element.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
