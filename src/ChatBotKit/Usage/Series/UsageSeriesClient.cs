namespace ChatBotKit;

/// <summary>What the account uses, day by day.</summary>
public class UsageSeriesClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public UsageSeriesClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public UsageSeriesClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected UsageSeriesClient()
    {
    }

    /// <summary>Fetches what the account has used in the last 90 days.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>One series for each thing that is counted.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotAuthenticated"/>: the credential is missing, or not good for this operation.
    /// </exception>
    public virtual Task<UsageSeriesResponse> FetchAsync(CancellationToken cancellationToken = default) =>
        GetAsync<UsageSeriesResponse>(new Route("/api/v1/usage/series/fetch"), query: null, cancellationToken);
}
