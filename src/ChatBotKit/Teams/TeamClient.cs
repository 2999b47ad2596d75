namespace ChatBotKit;

/// <summary>Teams: people who share an account.</summary>
public class TeamClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public TeamClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public TeamClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected TeamClient()
    {
    }

    /// <summary>Lists the teams that the caller belongs to; a server without teams gives an empty list.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Awaited one page, enumerated the teams of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<TeamItem>, TeamItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<TeamItem>(new Route("/api/v1/team/list"), request, cancellationToken);
}
