using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Policies;

internal static class PolicySetup
{
    public static IServiceCollection AddPolicies(this IServiceCollection services) => services
        .AddSingleton<UsagePolicies>()
        .AddSingleton<IUsageGate>(static provider => provider.GetRequiredService<UsagePolicies>())
        .AddDueWorkHandler<PolicyUsageWork>()
        .AddDueWorkHandler<PolicyMailWork>()
        .AddDueWorkHandler<PolicyRetentionWork>();
}
