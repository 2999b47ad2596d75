namespace ChatBotKit;

/// <summary>
/// The server as a whole, for its owner. It belongs to the server of this project; the hosted service has nothing like it.
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
    /// Initializes a new instance of the <see cref="ServerClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected ServerClient()
    {
    }

    /// <summary>Gets the API tokens of the server.</summary>
    public virtual ServerTokenClient Token => field ??= new ServerTokenClient(this);

    /// <summary>
    /// Downloads a backup of the running server: one file with the database, the stored files and the keys. It opens
    /// everything that the server keeps, so it belongs where nobody else can read it. The command <c>cbk backup</c> also checks
    /// what it has received.
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
