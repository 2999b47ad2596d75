namespace ChatBotKit.Server.Data;

/// <summary>An open store, with the methods that only its owner uses.</summary>
internal interface IOpenStore : IStore, IStoreMaintenance, IAsyncDisposable
{
    /// <summary>The number of commits since the start. It is lower than that of writes, because waiting writes share a commit.</summary>
    long Transactions { get; }

    /// <summary>The bytes of files, which are stored with the database.</summary>
    IBlobStore Blobs { get; }

    /// <summary>Checks that the database can be read and written.</summary>
    /// <exception cref="StoreUnavailableException">It can't, or it is damaged.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}
