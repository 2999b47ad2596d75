namespace ChatBotKit;

/// <summary>
/// Provides the operations on the server itself, for its owner. Only the server of this project supports them; the hosted
/// service does not.
/// </summary>
public class ServerClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ServerClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ServerClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ServerClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ServerClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ServerClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected ServerClient()
    {
    }

    /// <summary>Gets the API tokens of the server.</summary>
    public virtual ServerTokenClient Token => field ??= new ServerTokenClient(this);

    /// <summary>Gets the migration of the server to PostgreSQL.</summary>
    public virtual ServerMigrationClient Migration => field ??= new ServerMigrationClient(this);

    /// <summary>Gets the due work of the server.</summary>
    public virtual ServerWorkClient Work => field ??= new ServerWorkClient(this);

    /// <summary>Fetches a description of the server: its version, its models and its settings without secrets.</summary>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the owner of the server.
    /// </exception>
    public virtual Task<ServerInfo> InfoAsync(CancellationToken cancellationToken = default) =>
        GetAsync<ServerInfo>(new Route("/api/v1/server/info"), query: null, cancellationToken);

    /// <summary>
    /// Downloads a backup of the running server: one file with the database, the stored files and the keys. The backup
    /// gives access to everything that the server stores, so keep it where nobody else can read it. The command <c>cbk
    /// backup</c> also verifies the file that it downloads.
    /// </summary>
    /// <param name="destination">The stream that the bytes are written to. It is left open.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when all bytes are written.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the owner of the server.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke after a part of the bytes was written.
    /// </exception>
    public virtual Task BackupAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var options = new ClientFetchOptions
        {
            Headers = new Dictionary<string, string> { ["Accept"] = "*/*" },
            // The server copies its database before it answers.
            Timeout = Timeout.InfiniteTimeSpan,
            CancellationToken = cancellationToken,
        };
        return DownloadAsync(new Route("/api/v1/server/backup"), options, destination);
    }
}
