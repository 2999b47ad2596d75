using ChatBotKit.Server.Features.Attachments;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Features.Messages;
using ChatBotKit.Server.Features.Models;
using ChatBotKit.Server.Features.Ratings;
using ChatBotKit.Server.Features.Usage;

namespace ChatBotKit.Server.Features;

internal static class FeatureRoutes
{
    /// <summary>Every resource that this server serves.</summary>
    public static void MapFeatures(this IEndpointRouteBuilder app)
    {
        app.MapConversations();
        app.MapMessages();
        app.MapRatings();
        app.MapContacts();
        app.MapAttachments();
        app.MapUsage();
        app.MapModels();
    }
}
