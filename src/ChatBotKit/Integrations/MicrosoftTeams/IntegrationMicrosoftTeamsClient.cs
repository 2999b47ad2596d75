namespace ChatBotKit;

/// <summary>Integrations that let people write to a bot from Microsoft Teams.</summary>
public class IntegrationMicrosoftTeamsClient
    : IntegrationKindClient<IntegrationMicrosoftTeamsItem, IntegrationMicrosoftTeamsCreateRequest, IntegrationMicrosoftTeamsUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationMicrosoftTeamsClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationMicrosoftTeamsClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationMicrosoftTeamsClient"/> class with the options and
    /// connections of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationMicrosoftTeamsClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationMicrosoftTeamsClient"/> class without options, for fakes that
    /// override the operations that they need.
    /// </summary>
    protected IntegrationMicrosoftTeamsClient()
    {
    }

    private protected override string Kind => "microsoftteams";

    /// <summary>Checks id and secret of the app by signing in at Microsoft.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: there is no such integration. <see cref="ErrorCodes.Conflict"/>: Microsoft refuses
    /// them.
    /// </exception>
    public virtual Task<IdResponse> SetupAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/microsoftteams/{microsoftteamsIntegrationId}/setup", integrationId), record: null, cancellationToken);

    /// <summary>Lets the bot begin a conversation in Microsoft Teams.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">Where the bot writes and about what.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration; the bot writes after that.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// integration. <see cref="ErrorCodes.TooManyRequests"/>: too many conversations were begun.
    /// </exception>
    public virtual Task<IdResponse> InitiateAsync(
        string integrationId, IntegrationMicrosoftTeamsInitiateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/microsoftteams/{microsoftteamsIntegrationId}/initiate", integrationId), request, cancellationToken);
    }
}
