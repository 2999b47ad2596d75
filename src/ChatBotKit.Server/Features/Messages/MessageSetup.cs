namespace ChatBotKit.Server.Features.Messages;

internal static class MessageSetup
{
    public static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddSingleton<MessageCreation>()
        .AddSingleton<MessageReading>()
        .AddSingleton<MessageChanges>()
        .AddSingleton<MessageSynthesis>()
        .AddSingleton<SpeechClient>();
}
