namespace ChatBotKit;

/// <summary>Ready-made abilities, from which abilities of skillsets are made.</summary>
public class PlatformAbilityClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public PlatformAbilityClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public PlatformAbilityClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected PlatformAbilityClient()
    {
    }

    /// <summary>Lists the ready-made abilities. There is one page only.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Awaited all abilities at once, enumerated one by one.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PlatformAbilityItem>, PlatformAbilityItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PlatformAbilityItem>(new Route("/api/v1/platform/ability/list"), request, cancellationToken);

    /// <summary>Searches the abilities, best first.</summary>
    /// <param name="request">What to look for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The abilities that match, at most as many as asked for.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.BadRequest"/>: the search is not valid.</exception>
    public virtual Task<ListResponse<PlatformAbilityItem>> SearchAsync(
        PlatformSearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ListResponse<PlatformAbilityItem>>(new Route("/api/v1/platform/ability/search"), request, cancellationToken);
    }
}
