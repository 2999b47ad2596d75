namespace ChatBotKit;

/// <summary>Creates sessions of a user: tokens that expire and may be handed to a browser.</summary>
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
    /// Initializes a new instance of the <see cref="PartnerUserSessionClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected PartnerUserSessionClient()
    {
    }

    /// <summary>Creates a session for a user.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="request">The lifetime of the session and what its token may be used for; null leaves both to the server.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The token, which is returned only here, and its expiry time.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the user
    /// does not exist. <see cref="ErrorCodes.NotAuthorized"/>: the account is not a partner account, or is not the parent
    /// of the user.
    /// </exception>
    public virtual Task<PartnerUserSessionCreateResponse> CreateAsync(
        string userId, PartnerUserSessionCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<PartnerUserSessionCreateResponse>(Route.Of("/api/v1/partner/user/{userId}/session/create", userId), request, cancellationToken);
}
