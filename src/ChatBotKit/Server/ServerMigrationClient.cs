namespace ChatBotKit;

/// <summary>
/// Moves the running server from its database file to PostgreSQL. The caller must be the owner of the server. Only the server of this project supports
/// this; the hosted service does not.
/// </summary>
public class ServerMigrationClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ServerMigrationClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ServerMigrationClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ServerMigrationClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ServerMigrationClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ServerMigrationClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected ServerMigrationClient()
    {
    }

    /// <summary>
    /// Starts to move the running server to PostgreSQL. The server takes writes meanwhile, refuses them for a few seconds at the end, and
    /// then runs on PostgreSQL.
    /// </summary>
    /// <param name="request">The PostgreSQL database.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The migration, which has begun.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the connection string is not valid. <see cref="ErrorCodes.Conflict"/>: a migration goes
    /// on, or the server stores in PostgreSQL. <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the owner of the server.
    /// </exception>
    public virtual Task<ServerMigrationItem> CreateAsync(ServerMigrationCreateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ServerMigrationItem>(Route.Of("/api/v1/server/migration/create"), request, cancellationToken);
    }

    /// <summary>
    /// Fetches the progress of the last migration since the server was started. Without one, the state is <see cref="ServerMigrationState.None"/>.
    /// </summary>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The migration.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the owner of the server.
    /// </exception>
    public virtual Task<ServerMigrationItem> FetchAsync(CancellationToken cancellationToken = default) =>
        GetAsync<ServerMigrationItem>(Route.Of("/api/v1/server/migration/fetch"), query: null, cancellationToken);

    /// <summary>Cancels the migration. The server stays on its database file. A migration that has ended is not changed.</summary>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The migration, which has ended; without one, an item with the state <see cref="ServerMigrationState.None"/>.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the owner of the server.
    /// </exception>
    public virtual Task<ServerMigrationItem> CancelAsync(CancellationToken cancellationToken = default) =>
        PostAsync<ServerMigrationItem>(Route.Of("/api/v1/server/migration/cancel"), record: null, cancellationToken);
}
