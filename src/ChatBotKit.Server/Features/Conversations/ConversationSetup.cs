namespace ChatBotKit.Server.Features.Conversations;

internal static class ConversationSetup
{
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(ConversationCsvJsonContext.Default));
        return services
            .AddSingleton<ConversationAccess>()
            .AddSingleton<ConversationReferences>()
            .AddSingleton<ConversationCreation>()
            .AddSingleton<ConversationReading>()
            .AddSingleton<ConversationChanges>();
    }
}
