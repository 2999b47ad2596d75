using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Policies;

/// <summary>
/// Applies policies of usage. The policies of an account are kept in memory, so that an account without any pays nothing for its runs. A
/// policy that blocks is checked at the start of each run and session, and all are checked every minute, so that an e-mail does not wait
/// for the next run.
/// </summary>
internal sealed class UsagePolicies : IUsageGate, IChangeListener
{
    private const int MaxKept = 10_000;

    private readonly ReadThroughCache<string, IReadOnlyList<UsagePolicy>> _policies = new(MaxKept, static policies => 1 + policies.Count);
    private readonly IStore _store;
    private readonly TimeProvider _time;

    public UsagePolicies(IStore store, ChangeFeed changes, TimeProvider time)
    {
        (_store, _time) = (store, time);
        changes.Listen(this);
    }

    public async ValueTask<ApiError?> FindRefusalAsync(string accountId, string? botId)
    {
        var policies = await _policies.GetAsync(accountId, _store, LoadAsync, CancellationToken.None);
        foreach (var policy in policies!)
        {
            if (policy.BlockMs is not null && policy.AppliesTo(botId) && await BlockedUntilAsync(policy) is { } until)
                return RefusalOf(policy, until, Now());
        }

        return null;
    }

    /// <summary>Takes the actions of a policy whose threshold is reached.</summary>
    /// <returns>The time until which the bots of the policy are blocked; null when they are not.</returns>
    public async Task<long?> ApplyAsync(UsagePolicy policy, CancellationToken cancellationToken)
    {
        var now = Now();
        if (!await IsReachedAsync(policy, now, cancellationToken))
            return null;
        var until = await _store.ChangeAsync(db => TakeActionsAsync(db, policy.Id, now), cancellationToken);
        _policies.Invalidate(policy.AccountId);
        return until;
    }

    public void OnChanged(in Change change)
    {
        if (change.Kind == PolicyKind.Name)
            _policies.Invalidate(change.AccountId);
    }

    private static ApiError RefusalOf(UsagePolicy policy, long until, long now)
    {
        var of = policy.BotId is null ? "The account" : "The bot";
        return new ApiError(
            ErrorCode.UsageLimit,
            $"{of} has used the {policy.Metric} that a policy allows, and is blocked until {DateTimeOffset.FromUnixTimeMilliseconds(until):yyyy-MM-dd'T'HH:mm:ss'Z'}.",
            TimeSpan.FromMilliseconds(until - now));
    }

    private async ValueTask<long?> BlockedUntilAsync(UsagePolicy policy) =>
        policy.BlockedUntil > Now() ? policy.BlockedUntil : await ApplyAsync(policy, CancellationToken.None);

    private async ValueTask<bool> IsReachedAsync(UsagePolicy policy, long now, CancellationToken cancellationToken) =>
        await _store.QueryAsync(
            db => db.SumUsageAsync(policy.Metric, policy.AccountId, policy.BotId, now - policy.WindowMs), cancellationToken) >= policy.Threshold;

    /// <summary>Reads the policy again, because two runs may find at once that its threshold is reached.</summary>
    private static async ValueTask<long?> TakeActionsAsync(ISqlTransaction db, string policyId, long now)
    {
        if (await db.FindPolicyAsync(policyId) is not { } row || UsagePolicy.From(row) is not { } policy)
            return null;
        var until = policy.BlockMs is null || policy.BlockedUntil > now ? policy.BlockedUntil : now + policy.BlockMs;
        var mayMail = policy.MayMail(now);
        if (until == policy.BlockedUntil && !mayMail)
            return until > now ? until : null;
        await db.PutPolicyStateAsync(policyId, until, mayMail ? now : policy.MailedAt);
        if (mayMail)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(now);
            await db.EnsureDueWorkAsync(DueWorkRow.New(PolicyMailWork.WorkKind, policyId, at, at, ""));
        }

        return until > now ? until : null;
    }

    private static async ValueTask<IReadOnlyList<UsagePolicy>?> LoadAsync(string accountId, IStore store, CancellationToken cancellationToken)
    {
        var rows = await store.QueryAsync(db => db.ListPoliciesAsync(accountId), cancellationToken);
        return [.. rows.Select(UsagePolicy.From).OfType<UsagePolicy>()];
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
