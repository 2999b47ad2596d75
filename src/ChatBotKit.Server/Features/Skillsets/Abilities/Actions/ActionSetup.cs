using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Agents;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Fetching;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Packs;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Searching;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Spaces;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

internal static class ActionSetup
{
    public static IServiceCollection AddAbilityActions(this IServiceCollection services) => services
        .AddSingleton<ActionState>()
        .AddSingleton<FetchClient>()
        .AddSingleton(provider => SearchOptions.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<WebSearch>()
        .AddSingleton<ActionResources>()
        .AddSingleton<TextFiles>()
        .AddSingleton<AgentRuns>()
        .AddSingleton<IAbilityAction, EchoAction>()
        .AddSingleton<IAbilityAction, AbortAction>()
        .AddSingleton<IAbilityAction, TimeAction>()
        .AddSingleton<IAbilityAction, MathAction>()
        .AddSingleton<IAbilityAction, TextAction>()
        .AddSingleton<IAbilityAction, ListAction>()
        .AddSingleton<IAbilityAction, TodoAction>()
        .AddSingleton<IAbilityAction, FetchAction>()
        .AddSingleton<IAbilityAction, SearchAction>()
        .AddSingleton<IAbilityAction, MemoryAction>()
        .AddSingleton<IAbilityAction, FileAction>()
        .AddSingleton<IAbilityAction, SpaceAction>()
        .AddSingleton<IAbilityAction, StorageAction>()
        .AddSingleton<IAbilityAction, DatasetAction>()
        .AddSingleton<SpaceTexts>()
        .AddSingleton<IAbilityAction, StorageFilesAction>()
        .AddSingleton<IAbilityAction, StorageSearchAction>()
        .AddSingleton<IAbilityAction, SpaceSkillAction>()
        .AddSingleton<IAbilityAction, DatasetFileAction>()
        .AddSingleton<IAbilityAction, AttachmentAction>()
        .AddSingleton<IAbilityAction, ContactAction>()
        .AddSingleton<ConversationAction>()
        .AddSingleton<IAbilityAction>(provider => provider.GetRequiredService<ConversationAction>())
        .AddSingleton<IAbilityAction, ConversationSearchAction>()
        .AddSingleton<IAbilityAction, PackAction>()
        .AddSingleton<IAbilityAction, RatingAction>()
        .AddSingleton<IAbilityAction, BotAction>()
        .AddSingleton<IAbilityAction, AgentAction>();
}
