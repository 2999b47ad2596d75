using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Server.Backups;

internal static class BackupEndpoints
{
    public const string ContentType = "application/x-tar";

    public static IServiceCollection AddBackups(this IServiceCollection services) => services
        .AddSingleton<Backups>()
        .AddSingleton<BackupWorkspace>()
        .AddHostedService(provider => provider.GetRequiredService<BackupWorkspace>());

    public static void MapBackups(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapGet("/server/backup", SendAsync).WithName("backupServer")
            .WithSummary("Copies the whole running server into one file, for its owner")
            .WithMetadata(new FileAnswer()));

    private static async Task SendAsync(
        HttpContext context, Caller caller, Backups backups, ServerOwner owner, SessionAudit audit, IStore store,
        CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        // A backup contains all data, so its audit record must be stored before the first byte is sent.
        await store.CommitAsync(new WriteSet { Audit = [audit.OfOwner(context, SessionAuditType.Backup, code: null)] });
        await backups.SendAsync(context, cancellationToken);
    }
}
