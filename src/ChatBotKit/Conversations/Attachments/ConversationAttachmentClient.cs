namespace ChatBotKit;

/// <summary>The files of stored conversations.</summary>
public class ConversationAttachmentClient : ChatBotKitClient
{
    private const string AnyBytes = "application/octet-stream";

    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public ConversationAttachmentClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public ConversationAttachmentClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected ConversationAttachmentClient()
    {
    }

    /// <summary>Lists the files of a conversation.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">Which part of the list; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>One page.</returns>
    /// <exception cref="ChatBotKitException">The call failed.</exception>
    public virtual Task<ListResponse<AttachmentItem>> ListAsync(
        string conversationId, AttachmentListRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<ListResponse<AttachmentItem>>(
            Route.OfConversation("attachment/list", conversationId), QueryString.Of(request), cancellationToken);

    /// <summary>Adds a file that the server reads from an address, or announces one whose bytes are put later.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The address, or what is known about the file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The file, for an announced one with the request that puts its bytes.</returns>
    /// <exception cref="ChatBotKitException">The call failed.</exception>
    public virtual Task<AttachmentUploadResponse> UploadAsync(
        string conversationId, AttachmentUploadRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<AttachmentUploadResponse>(UploadRoute(conversationId), request, cancellationToken);
    }

    /// <summary>Adds a file whose bytes are in memory, in one request.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="type">The media type; null for bytes of no particular kind.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ChatBotKitException">The call failed.</exception>
    public virtual Task<AttachmentUploadResponse> UploadAsync(
        string conversationId, ReadOnlyMemory<byte> content, string name, string? type = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var options = new ClientFetchOptions
        {
            File = new ClientFetchFile { Name = name, Type = type ?? AnyBytes, Data = content },
            CancellationToken = cancellationToken,
        };
        return Call<AttachmentUploadResponse, AttachmentUploadResponse>(UploadRoute(conversationId), options).AsTask(CancellationToken.None);
    }

    /// <summary>
    /// Adds a file of any size: it is announced first, and then its bytes go to the address that the server names, without
    /// being held in memory.
    /// </summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="content">The bytes from the current position on; the stream stays open.</param>
    /// <param name="description">Media type, size in bytes and name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The file, once its bytes are stored.</returns>
    /// <exception cref="ChatBotKitException">A call failed, or the server named no address.</exception>
    public virtual async Task<AttachmentUploadResponse> UploadAsync(
        string conversationId, Stream content, AttachmentFileDescription description, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(description);
        var request = new AttachmentUploadRequest { File = new AttachmentFile(description) };
        var response = await UploadAsync(conversationId, request, cancellationToken).ConfigureAwait(false);
        if (response.UploadRequest is not { } upload)
            throw new ChatBotKitException("The server named no address for the bytes of the file.", ClientErrorCodes.InvalidResponse);

        await PutAsync(upload, content, description.Size, cancellationToken).ConfigureAwait(false);
        return response;
    }

    /// <summary>Adds a file from disk, of any size.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="path">Where the file is.</param>
    /// <param name="type">The media type; null for bytes of no particular kind.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The file, once its bytes are stored.</returns>
    /// <exception cref="ChatBotKitException">A call failed, or the server named no address.</exception>
    public virtual async Task<AttachmentUploadResponse> UploadFileAsync(
        string conversationId, string path, string? type = null, CancellationToken cancellationToken = default)
    {
        var options = new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan };
        var file = new FileStream(path, options);
        await using (file.ConfigureAwait(false))
        {
            var description = new AttachmentFileDescription { Type = type ?? AnyBytes, Size = file.Length, Name = Path.GetFileName(path) };
            return await UploadAsync(conversationId, file, description, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Route UploadRoute(string conversationId) => Route.OfConversation("attachment/upload", conversationId);

    private Task PutAsync(PresignedRequest request, Stream content, long size, CancellationToken cancellationToken)
    {
        var start = content.CanSeek ? content.Position : 0;
        return SendAsync(request.Url, new ClientFetchOptions
        {
            Method = HttpMethod.Parse(request.Method),
            External = true,
            Headers = request.Headers,
            Content = () => new StreamUpload(content, start, size),
            // What cannot be rewound cannot be sent again.
            Retries = content.CanSeek ? null : 0,
            CancellationToken = cancellationToken,
        });
    }
}
