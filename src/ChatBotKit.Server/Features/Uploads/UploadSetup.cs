using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Uploads;

internal static class UploadSetup
{
    public static IServiceCollection AddUploads(this IServiceCollection services) => services
        .AddSingleton(provider => UploadOptions.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<ReceivedFiles>()
        .AddSingleton<GuardedHttp>()
        .AddSingleton<RemoteFiles>()
        .AddSingleton<UploadReceiver>()
        .AddSingleton<SignedUrls>()
        .AddSingleton<ContentReader>()
        .AddDueWorkHandler<UploadSweep>();
}
