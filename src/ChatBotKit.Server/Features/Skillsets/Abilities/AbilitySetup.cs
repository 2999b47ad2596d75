using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions;
using ChatBotKit.Server.Features.Skillsets.Abilities.Commands;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Functions;
using ChatBotKit.Server.Features.Skillsets.Abilities.Writing;

namespace ChatBotKit.Server.Features.Skillsets.Abilities;

internal static class AbilitySetup
{
    public static IServiceCollection AddAbilities(this IServiceCollection services) => services
        .AddSingleton(new AbilityOptions())
        .AddSingleton<AbilityActions>()
        .AddSingleton<AbilityPreparation>()
        .AddSingleton<AbilitySecrets>()
        .AddSingleton<AbilityModel>()
        .AddSingleton<AbilityUsage>()
        .AddSingleton<InstructionWriter>()
        .AddSingleton<AutomaticInstructions>()
        .AddSingleton<AbilityExecutor>()
        .AddSingleton<AbilityCommand>()
        .AddSingleton<IAbilityReader, AbilityReader>()
        .AddSingleton<McpClients>()
        .AddSingleton<McpListings>()
        .AddSingleton<IAbilityAction, McpAction>()
        .AddAbilityActions();
}
