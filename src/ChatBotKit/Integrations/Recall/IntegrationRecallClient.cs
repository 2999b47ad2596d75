namespace ChatBotKit;

/// <summary>Integrations that let a bot take part in online meetings.</summary>
public class IntegrationRecallClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public IntegrationRecallClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public IntegrationRecallClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected IntegrationRecallClient()
    {
    }

    /// <summary>Has a bot join a meeting.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">Which meeting, and what the bot does there.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The bot that joins.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// integration. <see cref="ErrorCodes.TooManyRequests"/>: too many conversations were begun.
    /// </exception>
    public virtual Task<IntegrationRecallInitiateResponse> InitiateAsync(
        string integrationId, IntegrationRecallInitiateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IntegrationRecallInitiateResponse>(
            Route.Of("/api/v1/integration/recall/{recallIntegrationId}/initiate", integrationId), request, cancellationToken);
    }
}
