using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.ModelProviders.Answers;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

internal static class EngineSetup
{
    /// <summary>Adds the engine with the conversation holder for a single process.</summary>
    public static IServiceCollection AddConversationEngine(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<LogDirectory>();
        services.AddSingleton<ChannelLogs>();
        services.AddSingleton(provider => new EngineOptions
        {
            MaxAnswerCharacters = AnswerLimit.Read(provider.GetRequiredService<IConfiguration>()),
        });
        services.AddSingleton(new PersonalDataFinder(PhoneRegions.Read(configuration)));
        services.AddSingleton<Moderator>();
        services.AddSingleton<INodes>(_ => new SingleNode(Ids.New()));
        if (NameFinder.IsConfigured(configuration))
            services.AddSingleton(NameFinder.Create);
        services.AddSingleton<EngineServices>();
        services.AddSingleton<IConversationHolder, LocalConversationHolder>();
        services.AddSingleton<StatelessRuns>();
        services.AddSingleton<RunRecovery>();
        services.AddHostedService<CutRunService>();
        return services;
    }
}
