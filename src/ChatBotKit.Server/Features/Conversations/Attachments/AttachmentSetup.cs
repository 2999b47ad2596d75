using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

internal static class AttachmentSetup
{
    public static IServiceCollection AddAttachments(this IServiceCollection services) => services
        .AddSingleton(provider => AttachmentOptions.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<AttachmentUrls>()
        .AddSingleton<AttachmentStore>()
        .AddSingleton<AttachmentUploads>()
        .AddSingleton<AttachmentDownloads>()
        .AddSingleton<AttachmentContents>()
        .AddSingleton<StoredFileReader>()
        .AddSingleton<RunAttachments>()
        .AddSingleton<IAttachmentReader, AttachmentReader>();
}
