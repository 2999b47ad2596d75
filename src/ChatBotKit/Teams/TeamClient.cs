namespace ChatBotKit;

/// <summary>Lists teams: people who share an account.</summary>
public class TeamClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="TeamClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public TeamClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TeamClient"/> class with the options and connections of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public TeamClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TeamClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected TeamClient()
    {
    }

    /// <summary>Lists the teams that the caller belongs to. A server without teams returns an empty list.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the teams of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<TeamItem>, TeamItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<TeamItem>(new Route("/api/v1/team/list"), request, cancellationToken);
}
