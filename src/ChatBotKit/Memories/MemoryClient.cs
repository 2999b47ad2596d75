namespace ChatBotKit;

/// <summary>Memories: what bots remember of contacts from one conversation to the next.</summary>
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
    /// Initializes a new instance of the <see cref="MemoryClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected MemoryClient()
    {
    }

    /// <summary>Lists the memories, newest first if nothing else is asked for.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the memories of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<MemoryItem>, MemoryItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<MemoryItem>(new Route("/api/v1/memory/list"), request, cancellationToken);

    /// <summary>Exports the memories.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the memories of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<MemoryItem>, MemoryItem> ExportAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<MemoryItem>(new Route("/api/v1/memory/export"), request, cancellationToken);

    /// <summary>Exports the memories as a CSV file.</summary>
    /// <param name="destination">Where the file is written; it stays open.</param>
    /// <param name="request">Which part of the list; null for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that ends when the file is complete.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke; a part of the
    /// file is written.
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
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such memory.</exception>
    public virtual Task<MemoryItem> FetchAsync(string memoryId, CancellationToken cancellationToken = default) =>
        GetAsync<MemoryItem>(Route.Of("/api/v1/memory/{memoryId}/fetch", memoryId), query: null, cancellationToken);

    /// <summary>Changes a memory; fields that are not set stay as they are.</summary>
    /// <param name="memoryId">The id of the memory.</param>
    /// <param name="request">What changes.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the memory.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such memory, or the request refers to something that does not exist.
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
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such memory.</exception>
    public virtual Task<IdResponse> DeleteAsync(string memoryId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/memory/{memoryId}/delete", memoryId), record: null, cancellationToken);

    /// <summary>Looks for memories by their meaning, among the newest that fit.</summary>
    /// <param name="request">What to look for, and of whom.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The memories, the best first.</returns>
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
