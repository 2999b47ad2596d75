using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.Features.Conversations.Messages;

internal static class MessageSetup
{
    public static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddSingleton<MessageCreation>()
        .AddSingleton<MessageReading>()
        .AddSingleton<MessageChanges>()
        .AddSingleton<MessageSynthesis>()
        .AddSingleton(provider => new SpeechClient(provider.GetService<OpenAiOptions>()));
}
