namespace ChatBotKit;

/// <summary>Adds and lists the files of stored conversations.</summary>
public class ConversationAttachmentClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ConversationAttachmentClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ConversationAttachmentClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ConversationAttachmentClient"/> class with the options and connections
    /// of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ConversationAttachmentClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ConversationAttachmentClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected ConversationAttachmentClient()
    {
    }

    /// <summary>Lists the files of a conversation.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The filters, the order and the page; null for the first page.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The page.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short
    /// time.
    /// </exception>
    public virtual Task<ListResponse<AttachmentItem>> ListAsync(
        string conversationId, AttachmentListRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<ListResponse<AttachmentItem>>(
            Route.OfConversation("attachment/list", conversationId), QueryString.Of(request), cancellationToken);

    /// <summary>Adds a file that the server downloads from a URL, or announces a file whose bytes are uploaded later.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The URL of the file, or its description when the bytes are uploaded later.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file. When it was only announced, the request that uploads its bytes is included.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the file or its description is not valid, or its address cannot be read.
    /// <see cref="ErrorCodes.NotFound"/>: the conversation does not exist. <see cref="ErrorCodes.ContentTooLarge"/> or
    /// <see cref="ErrorCodes.LimitsReached"/>: the file is larger than the server accepts.
    /// <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission <c>attachments:write</c>.
    /// <see cref="ErrorCodes.SessionAttachmentLimit"/>: the session has reached its limit of attached bytes.
    /// </exception>
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
    /// <param name="type">The media type; null for <c>application/octet-stream</c>.</param>
    /// <param name="progress">Receives the number of bytes sent so far; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the file or its media type is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist. <see cref="ErrorCodes.ContentTooLarge"/> or <see cref="ErrorCodes.LimitsReached"/>: the
    /// file is larger than the server accepts. <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the
    /// permission <c>attachments:write</c>. <see cref="ErrorCodes.SessionAttachmentLimit"/>: the session has reached its
    /// limit of attached bytes.
    /// </exception>
    public virtual Task<AttachmentUploadResponse> UploadAsync(
        string conversationId, ReadOnlyMemory<byte> content, string name, string? type = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        Call<AttachmentUploadResponse, AttachmentUploadResponse>(
            UploadRoute(conversationId), StreamUpload.Form(content, name, type, progress, cancellationToken)).AsTask(CancellationToken.None);

    /// <summary>
    /// Adds a file of any size. The file is announced first; then its bytes are sent to the address that the server
    /// returns. They are not buffered in memory.
    /// </summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="content">The stream to read the bytes from, starting at its current position. It is left open.</param>
    /// <param name="description">The media type, the size in bytes and the name.</param>
    /// <param name="progress">
    /// Receives the number of bytes sent so far, which starts at 0 again when the upload is repeated; null for none.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file, once its bytes are stored.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the file or its description is not valid, or its address cannot be read.
    /// <see cref="ErrorCodes.NotFound"/>: the conversation does not exist. <see cref="ErrorCodes.ContentTooLarge"/> or
    /// <see cref="ErrorCodes.LimitsReached"/>: the file is larger than the server accepts.
    /// <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission <c>attachments:write</c>.
    /// <see cref="ErrorCodes.SessionAttachmentLimit"/>: the session has reached its limit of attached bytes.
    /// <see cref="ClientErrorCodes.InvalidResponse"/>: the server named no address for the bytes.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke while the bytes were sent.
    /// </exception>
    public virtual async Task<AttachmentUploadResponse> UploadAsync(
        string conversationId, Stream content, AttachmentFileDescription description, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(description);
        var request = new AttachmentUploadRequest { File = new AttachmentFile(description) };
        var response = await UploadAsync(conversationId, request, cancellationToken).ConfigureAwait(false);
        var target = StreamUpload.Target(response.UploadRequest);
        await SendAsync(target.Url, StreamUpload.Put(target, content, description.Size, progress, cancellationToken)).ConfigureAwait(false);
        return response;
    }

    /// <summary>Adds a file of any size from disk.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="type">The media type; null for <c>application/octet-stream</c>.</param>
    /// <param name="progress">
    /// Receives the number of bytes sent so far, which starts at 0 again when the upload is repeated; null for none.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file, once its bytes are stored.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the file or its media type is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist. <see cref="ErrorCodes.ContentTooLarge"/> or <see cref="ErrorCodes.LimitsReached"/>: the
    /// file is larger than the server accepts. <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the
    /// permission <c>attachments:write</c>. <see cref="ErrorCodes.SessionAttachmentLimit"/>: the session has reached its
    /// limit of attached bytes. <see cref="ClientErrorCodes.InvalidResponse"/>: the server named no address for the bytes.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke while the bytes were sent.
    /// </exception>
    public virtual async Task<AttachmentUploadResponse> UploadFileAsync(
        string conversationId, string path, string? type = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var file = StreamUpload.OpenFile(path);
        await using (file.ConfigureAwait(false))
        {
            var description = new AttachmentFileDescription { Type = type ?? StreamUpload.AnyType, Size = file.Length, Name = Path.GetFileName(path) };
            return await UploadAsync(conversationId, file, description, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Route UploadRoute(string conversationId) => Route.OfConversation("attachment/upload", conversationId);
}
