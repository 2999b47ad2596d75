using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Policies;

/// <summary>
/// Removes what is older than the policies of retention allow, once an hour. Each conversation is a transaction of its own, so that other
/// writes run in between.
/// </summary>
/// <remarks>
/// The data of a policy is the conversations of its bot, or of the account: their messages, runs, sessions, ratings and files. An inactive
/// conversation is deleted as a whole. One that goes on loses its older messages, ratings and files. The numbers of the usage are kept.
/// </remarks>
internal sealed class PolicyRetentionWork(IStore store, TimeProvider time) : RecurringWork("policy-retention", TimeSpan.FromHours(1))
{
    private const int AtOnceRead = 100;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var from = after;
            var rows = await store.QueryAsync(db => db.ListAllPoliciesAsync(from, AtOnceRead), cancellationToken);
            foreach (var row in rows)
                await ApplyAsync(row, cancellationToken);
            if (rows.Count < AtOnceRead)
                return;
            after = rows[^1].Id;
        }
    }

    private async Task ApplyAsync(PolicyRow row, CancellationToken cancellationToken)
    {
        if (Read(row) is not var (botId, days))
            return;
        var now = time.GetUtcNow();
        // A period that begins before the first year removes nothing.
        if (days >= (now - DateTimeOffset.UnixEpoch).TotalDays)
            return;
        var before = now.AddDays(-days).ToUnixTimeMilliseconds();
        var (at, id) = (0L, "");
        while (true)
        {
            var place = (at, id);
            var conversations = await store.QueryAsync(
                db => db.ListOldConversationsAsync(row.AccountId, botId, before, place, AtOnceRead), cancellationToken);
            foreach (var conversation in conversations)
                await ExpireAsync(conversation, before, now, cancellationToken);
            if (conversations.Count < AtOnceRead)
                return;
            (at, id) = (conversations[^1].CreatedAt, conversations[^1].Id);
        }
    }

    private async Task ExpireAsync(ConversationRow conversation, long before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await store.ChangeAsync(db => db.ExpireAsync(conversation, before, now), cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Returns the bot and the days of an enabled policy of retention; null for any other policy.</summary>
    private static (string? BotId, double Days)? Read(PolicyRow row)
    {
        using var document = JsonDocument.Parse(row.Data);
        var policy = document.RootElement;
        var isEnabled = !policy.TryGetProperty("state", out var state) || state.GetString() != State.Disabled.Value;
        return isEnabled && policy.GetProperty("type").GetString() == PolicyType.Retention.Value
            && policy.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object
                ? (policy.TryGetProperty("botId", out var bot) ? bot.GetString() : null, config.GetProperty("expiresInDays").GetDouble())
                : null;
    }
}
