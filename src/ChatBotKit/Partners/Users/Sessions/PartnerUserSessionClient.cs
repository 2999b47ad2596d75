namespace ChatBotKit;

/// <summary>Sessions of a user: tokens that end by themselves and may be handed to a browser.</summary>
public class PartnerUserSessionClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public PartnerUserSessionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public PartnerUserSessionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected PartnerUserSessionClient()
    {
    }

    /// <summary>Makes a session for a user.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="request">How long the session lasts and what it is good for; null leaves both to the server.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The token and when it ends. The token cannot be read again.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such user. <see cref="ErrorCodes.NotAuthorized"/>: the account is no partner, or not the parent of the user.
    /// </exception>
    public virtual Task<PartnerUserSessionCreateResponse> CreateAsync(
        string userId, PartnerUserSessionCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<PartnerUserSessionCreateResponse>(Route.Of("/api/v1/partner/user/{userId}/session/create", userId), request, cancellationToken);
}
