using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.DueWork;

/// <summary>Deletes events past their retention every hour.</summary>
internal sealed class EventRetentionWork(IStore store, StoreOptions options, TimeProvider time)
    : RecurringWork("event-retention", TimeSpan.FromHours(1))
{
    protected override Task WorkAsync(CancellationToken cancellationToken) => store.DeleteEventsBeforeAsync(
        time.GetUtcNow().AddDays(-options.EventDays).ToUnixTimeMilliseconds(), cancellationToken);
}
