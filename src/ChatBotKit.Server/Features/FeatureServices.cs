using ChatBotKit.Server.Features.Attachments;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Features.Messages;
using ChatBotKit.Server.Features.Ratings;
using ChatBotKit.Server.Features.Usage;

namespace ChatBotKit.Server.Features;

internal static class FeatureServices
{
    /// <summary>What the resources need besides the store, the engine, the models and the HTTP layer.</summary>
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddConversations()
        .AddSingleton<MessageCreation>()
        .AddSingleton<MessageReading>()
        .AddSingleton<MessageChanges>()
        .AddSingleton<ContactStore>()
        .AddSingleton<ContactLinks>()
        .AddSingleton<RatingStore>()
        .AddSingleton<UsageReading>()
        .AddAttachments();
}
