namespace ChatBotKit;

/// <summary>Sessions of a user: tokens that end by themselves and may be handed to a browser.</summary>
public class PartnerUserSessionClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PartnerUserSessionClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PartnerUserSessionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PartnerUserSessionClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PartnerUserSessionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PartnerUserSessionClient"/> class without options, for fakes that
    /// override the operations that they need.
    /// </summary>
    protected PartnerUserSessionClient()
    {
    }

    /// <summary>Creates a session for a user.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="request">How long the session lasts and what it is good for; null leaves both to the server.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The token and when it ends. The token cannot be read again.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such user. <see cref="ErrorCodes.NotAuthorized"/>: the account is no partner, or not the parent of the user.
    /// </exception>
    public virtual Task<PartnerUserSessionCreateResponse> CreateAsync(
        string userId, PartnerUserSessionCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<PartnerUserSessionCreateResponse>(Route.Of("/api/v1/partner/user/{userId}/session/create", userId), request, cancellationToken);
}
