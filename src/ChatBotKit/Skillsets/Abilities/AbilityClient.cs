namespace ChatBotKit;

/// <summary>Manages the abilities of skillsets: actions that a model can call, such as a request to another service.</summary>
public class AbilityClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="AbilityClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public AbilityClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="AbilityClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public AbilityClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="AbilityClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected AbilityClient()
    {
    }

    /// <summary>Lists the abilities of a skillset, newest first by default.</summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the abilities of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// skillset does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<AbilityItem>, AbilityItem> ListAsync(
        string skillsetId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<AbilityItem>(Route.Of("/api/v1/skillset/{skillsetId}/ability/list", skillsetId), request, cancellationToken);

    /// <summary>Exports the abilities of a skillset.</summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the abilities of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// skillset does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<AbilityItem>, AbilityItem> ExportAsync(
        string skillsetId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<AbilityItem>(Route.Of("/api/v1/skillset/{skillsetId}/ability/export", skillsetId), request, cancellationToken);

    /// <summary>Exports the abilities of a skillset as a CSV file.</summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="destination">The stream that the file is written to. It is left open.</param>
    /// <param name="request">The filters and the order; null for everything.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the whole file is written.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// skillset does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke after a part of the file was written.
    /// </exception>
    public virtual Task ExportCsvAsync(
        string skillsetId, Stream destination, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        ExportCsvAsync(Route.Of("/api/v1/skillset/{skillsetId}/ability/export", skillsetId), destination, request, cancellationToken);

    /// <summary>
    /// Adds an ability to a skillset. When the instruction is in plain words, the server calls a model to turn it into an
    /// action.
    /// </summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="request">The settings of the ability; null creates an ability without settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the ability.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// skillset does not exist, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>:
    /// another ability already has the alias. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no
    /// more abilities.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(
        string skillsetId, AbilityCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/skillset/{skillsetId}/ability/create", skillsetId), request, cancellationToken);

    /// <summary>Fetches an ability.</summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="abilityId">The id of the ability, not its alias.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The ability.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the skillset or the ability does not exist.</exception>
    public virtual Task<AbilityItem> FetchAsync(string skillsetId, string abilityId, CancellationToken cancellationToken = default) =>
        GetAsync<AbilityItem>(
            Route.Of("/api/v1/skillset/{skillsetId}/ability/{abilityId}/fetch", skillsetId, abilityId), query: null, cancellationToken);

    /// <summary>Updates an ability. Fields that are not set keep their values.</summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="abilityId">The id of the ability, not its alias.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the ability.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// skillset or the ability does not exist, or the request refers to something that does not exist.
    /// <see cref="ErrorCodes.Conflict"/>: another ability already has the alias.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string skillsetId, string abilityId, AbilityUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(
            Route.Of("/api/v1/skillset/{skillsetId}/ability/{abilityId}/update", skillsetId, abilityId), request, cancellationToken);
    }

    /// <summary>Deletes an ability.</summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="abilityId">The id of the ability, not its alias.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the ability.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the skillset or the ability does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string skillsetId, string abilityId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/skillset/{skillsetId}/ability/{abilityId}/delete", skillsetId, abilityId), record: null, cancellationToken);

    /// <summary>
    /// Executes an ability now, even a disabled one. When the ability fails, the answer has an
    /// <see cref="AbilityExecuteResponse.Error"/>; no exception is thrown.
    /// </summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="abilityId">The id of the ability, not its alias.</param>
    /// <param name="request">The arguments and the contact; null for neither.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>
    /// A call that returns the outcome when awaited, and the events of the ability when enumerated. The last event is a
    /// <see cref="ResultEvent"/>; error, result and messages are among the additional properties of its data.
    /// </returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the input is not valid. <see cref="ErrorCodes.NotFound"/>: the skillset or the
    /// ability does not exist. <see cref="ErrorCodes.NoSubscription"/>: the model is not part of the account's plan.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or tokens left.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress. <see cref="ErrorCodes.BadGateway"/> or
    /// <see cref="ErrorCodes.GatewayTimeout"/>: the provider of the model failed or did not answer.
    /// <see cref="ErrorCodes.GenericError"/>: the run failed, and the server does not say why.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke, and the stream could not be resumed.
    /// </exception>
    public virtual ResponsePromise<AbilityExecuteResponse, RunEvent> ExecuteAsync(
        string skillsetId, string abilityId, AbilityExecuteRequest? request = null, CancellationToken cancellationToken = default) =>
        Call<AbilityExecuteResponse, RunEvent>(
            Route.Of("/api/v1/skillset/{skillsetId}/ability/{abilityId}/execute", skillsetId, abilityId), Body(request, cancellationToken));
}
