namespace ChatBotKit.Server.Data;

/// <summary>A store that is open, with what its owner does to it.</summary>
internal interface IOpenStore : IStore, IStoreMaintenance, IAsyncDisposable
{
    /// <summary>Groups of writes that were stored since the start; less than the writes, because waiting ones are grouped.</summary>
    long Transactions { get; }

    /// <summary>Makes sure that the database can be read and written.</summary>
    /// <exception cref="StoreUnavailableException">It can't, or it is damaged.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}
