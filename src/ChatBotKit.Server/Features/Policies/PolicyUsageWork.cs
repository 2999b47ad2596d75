using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Policies;

/// <summary>Checks the policies of usage of all accounts, every minute.</summary>
internal sealed class PolicyUsageWork(IStore store, UsagePolicies policies) : RecurringWork("policy-usage", TimeSpan.FromMinutes(1))
{
    private const int AtOnceRead = 100;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var from = after;
            var rows = await store.QueryAsync(db => db.ListAllPoliciesAsync(from, AtOnceRead), cancellationToken);
            foreach (var policy in rows.Select(UsagePolicy.From).OfType<UsagePolicy>())
                await policies.ApplyAsync(policy, cancellationToken);
            if (rows.Count < AtOnceRead)
                return;
            after = rows[^1].Id;
        }
    }
}
