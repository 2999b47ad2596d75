using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

internal static class AttachmentSetup
{
    public static IServiceCollection AddAttachments(this IServiceCollection services) => services
        .AddSingleton(provider => AttachmentOptions.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<AttachmentFiles>()
        .AddSingleton<AttachmentUrls>()
        .AddSingleton<AttachmentStore>()
        .AddSingleton<AttachmentUploads>()
        .AddSingleton<AttachmentDownloads>()
        .AddSingleton<RemoteFiles>()
        .AddSingleton<RunAttachments>()
        .AddSingleton<IAttachmentReader, AttachmentReader>()
        .AddDueWorkHandler<AttachmentSweep>();
}
