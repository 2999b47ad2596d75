namespace ChatBotKit.Server.DueWork;

/// <summary>Work that the server as a whole does at an interval, on one node at a time, and that may be done once too often.</summary>
internal abstract class RecurringWork(string kind, TimeSpan interval) : IDueWorkHandler
{
    /// <summary>The key of the one item.</summary>
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
