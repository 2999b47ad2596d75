namespace ChatBotKit;

/// <summary>
/// The server as a whole, for its owner. It belongs to the server of this project; the hosted service has nothing like it.
/// </summary>
public class ServerClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public ServerClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public ServerClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
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
    /// <param name="destination">Where the bytes are written; it stays open.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task that ends when all bytes are written.</returns>
    /// <exception cref="ChatBotKitException">The call failed; a part of the bytes may have been written.</exception>
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
