using ChatBotKit.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Features.Attachments;

/// <summary>
/// Deletes, every hour, files that no row knows any more, as those of conversations that expired, and announced files
/// whose bytes never came. Both wait a day, so that nothing is taken from an upload that is going on.
/// </summary>
internal sealed class AttachmentSweep(IStore store, AttachmentFiles files, TimeProvider time, ILogger<AttachmentSweep> logger)
    : BackgroundService
{
    private const int BatchSize = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Grace;
        while (await DeleteForgottenAsync(before.ToUnixTimeMilliseconds(), cancellationToken) == BatchSize)
            cancellationToken.ThrowIfCancellationRequested();
        foreach (var batch in files.ListOlderThan(before).Chunk(BatchSize))
            await DeleteUnknownAsync(batch, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is StoreUnavailableException or IOException or UnauthorizedAccessException)
            {
                logger.LogWarning(exception, "Old files could not be deleted; the next try is in an hour.");
            }
        }
    }

    private Task<int> DeleteForgottenAsync(long before, CancellationToken cancellationToken) =>
        store.WriteAsync(
            db =>
            {
                var forgotten = db.Attachments.Where(row => !row.Stored && row.CreatedAt < before).Take(BatchSize).ToList();
                db.RemoveRange(forgotten);
                return forgotten.Count;
            },
            cancellationToken);

    private async Task DeleteUnknownAsync(string[] ids, CancellationToken cancellationToken)
    {
        var known = await store.ReadAsync(
            (db, token) => db.Attachments.Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(token),
            cancellationToken);
        files.Delete(ids.Except(known));
    }
}
