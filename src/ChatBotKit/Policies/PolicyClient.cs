namespace ChatBotKit;

/// <summary>Manages policies: rules about how long the data of bots is kept and how much bots may use.</summary>
public class PolicyClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PolicyClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PolicyClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PolicyClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PolicyClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PolicyClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected PolicyClient()
    {
    }

    /// <summary>Lists the policies, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the policies of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PolicyItem>, PolicyItem> ListAsync(
        PolicyListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PolicyItem>(new Route("/api/v1/policy/list"), request, cancellationToken, ("botId", request?.BotId));

    /// <summary>Creates a policy.</summary>
    /// <param name="request">The settings of the policy.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the policy.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another policy already has the
    /// alias. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more policies.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(PolicyCreateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(new Route("/api/v1/policy/create"), request, cancellationToken);
    }

    /// <summary>Fetches a policy.</summary>
    /// <param name="policyId">The id or alias of the policy.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the policy does not exist.</exception>
    public virtual Task<PolicyItem> FetchAsync(string policyId, CancellationToken cancellationToken = default) =>
        GetAsync<PolicyItem>(Route.Of("/api/v1/policy/{policyId}/fetch", policyId), query: null, cancellationToken);

    /// <summary>Updates a policy. Fields that are not set keep their values.</summary>
    /// <param name="policyId">The id or alias of the policy.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the policy.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the policy
    /// does not exist, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another
    /// policy already has the alias.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(string policyId, PolicyUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/policy/{policyId}/update", policyId), request, cancellationToken);
    }

    /// <summary>Deletes a policy.</summary>
    /// <param name="policyId">The id or alias of the policy.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the policy.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the policy does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string policyId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/policy/{policyId}/delete", policyId), record: null, cancellationToken);
}
