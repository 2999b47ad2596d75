namespace ChatBotKit;

/// <summary>Policies: rules about how long the data of bots is kept and how much bots may use.</summary>
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
    /// Initializes a new instance of the <see cref="PolicyClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected PolicyClient()
    {
    }

    /// <summary>Lists the policies, newest first if nothing else is asked for.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the policies of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PolicyItem>, PolicyItem> ListAsync(
        PolicyListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PolicyItem>(new Route("/api/v1/policy/list"), request, cancellationToken, ("botId", request?.BotId));

    /// <summary>Creates a policy.</summary>
    /// <param name="request">What the policy is like.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the policy.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the request
    /// refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another policy has the alias.
    /// <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more policies.
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
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such policy.</exception>
    public virtual Task<PolicyItem> FetchAsync(string policyId, CancellationToken cancellationToken = default) =>
        GetAsync<PolicyItem>(Route.Of("/api/v1/policy/{policyId}/fetch", policyId), query: null, cancellationToken);

    /// <summary>Changes a policy; fields that are not set stay as they are.</summary>
    /// <param name="policyId">The id or alias of the policy.</param>
    /// <param name="request">What changes.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the policy.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such policy, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another
    /// policy has the alias.
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
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such policy.</exception>
    public virtual Task<IdResponse> DeleteAsync(string policyId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/policy/{policyId}/delete", policyId), record: null, cancellationToken);
}
