namespace ChatBotKit;

/// <summary>Manages memories: what bots remember about contacts from one conversation to the next.</summary>
public class MemoryClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="MemoryClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public MemoryClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="MemoryClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public MemoryClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="MemoryClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected MemoryClient()
    {
    }

    /// <summary>Lists the memories, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the memories of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<MemoryItem>, MemoryItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<MemoryItem>(new Route("/api/v1/memory/list"), request, cancellationToken);

    /// <summary>Exports the memories.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the memories of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<MemoryItem>, MemoryItem> ExportAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<MemoryItem>(new Route("/api/v1/memory/export"), request, cancellationToken);

    /// <summary>Exports the memories as a CSV file.</summary>
    /// <param name="destination">The stream that the file is written to. It is left open.</param>
    /// <param name="request">The filters and the order; null for everything.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the whole file is written.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke
    /// after a part of the file was written.
    /// </exception>
    public virtual Task ExportCsvAsync(
        Stream destination, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        ExportCsvAsync(new Route("/api/v1/memory/export"), destination, request, cancellationToken);

    /// <summary>Creates a memory.</summary>
    /// <param name="request">The memory.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the memory.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the request
    /// refers to something that does not exist. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no
    /// more memories.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(MemoryCreateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(new Route("/api/v1/memory/create"), request, cancellationToken);
    }

    /// <summary>Fetches a memory.</summary>
    /// <param name="memoryId">The id of the memory.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The memory.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the memory does not exist.</exception>
    public virtual Task<MemoryItem> FetchAsync(string memoryId, CancellationToken cancellationToken = default) =>
        GetAsync<MemoryItem>(Route.Of("/api/v1/memory/{memoryId}/fetch", memoryId), query: null, cancellationToken);

    /// <summary>Updates a memory. Fields that are not set keep their values.</summary>
    /// <param name="memoryId">The id of the memory.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the memory.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the memory
    /// does not exist, or the request refers to something that does not exist.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(string memoryId, MemoryUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/memory/{memoryId}/update", memoryId), request, cancellationToken);
    }

    /// <summary>Deletes a memory.</summary>
    /// <param name="memoryId">The id of the memory.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the memory.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the memory does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string memoryId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/memory/{memoryId}/delete", memoryId), record: null, cancellationToken);

    /// <summary>Searches memories by meaning, among the newest ones that match the filters.</summary>
    /// <param name="request">The search and the contact or bot to search for.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The memories, best match first.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the search is not valid. <see cref="ErrorCodes.NotFound"/>: the request refers
    /// to something that does not exist.
    /// </exception>
    public virtual Task<MemorySearchResponse> SearchAsync(MemorySearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<MemorySearchResponse>(new Route("/api/v1/memory/search"), request, cancellationToken);
    }
}
