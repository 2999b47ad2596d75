namespace ChatBotKit.Server.DueWork;

/// <summary>
/// Work that recurs at an interval, on one node of the server at a time. It must be idempotent, because it may be repeated after a
/// failure.
/// </summary>
internal abstract class RecurringWork(string kind, TimeSpan interval) : IDueWorkHandler
{
    /// <summary>The key of the only item of the kind.</summary>
    public const string Key = "server";

    public string Kind => kind;

    public int AtOnce => 1;

    public virtual Recurrence? Recurrence { get; } = Recurrence.Every(interval);

    async Task<DueWorkResult> IDueWorkHandler.WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        await WorkAsync(cancellationToken);
        return DueWorkResult.Done;
    }

    protected abstract Task WorkAsync(CancellationToken cancellationToken);
}
