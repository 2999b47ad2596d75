namespace ChatBotKit;

/// <summary>Manages skillsets: groups of abilities that a model can use. An alias with @ before it can replace an id.</summary>
public class SkillsetClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="SkillsetClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public SkillsetClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SkillsetClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public SkillsetClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SkillsetClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected SkillsetClient()
    {
    }

    /// <summary>Gets the abilities of skillsets.</summary>
    public virtual AbilityClient Ability => field ??= new AbilityClient(this);

    /// <summary>Lists the skillsets, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the skillsets of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SkillsetItem>, SkillsetItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SkillsetItem>(new Route("/api/v1/skillset/list"), request, cancellationToken);

    /// <summary>Creates a skillset.</summary>
    /// <param name="request">The settings; null creates a skillset without a name.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the skillset.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another skillset already has the
    /// alias. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more skillsets.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(SkillsetCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/skillset/create"), request, cancellationToken);

    /// <summary>Fetches a skillset without its abilities.</summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The skillset.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the skillset does not exist.</exception>
    public virtual Task<SkillsetItem> FetchAsync(string skillsetId, CancellationToken cancellationToken = default) =>
        GetAsync<SkillsetItem>(Route.Of("/api/v1/skillset/{skillsetId}/fetch", skillsetId), query: null, cancellationToken);

    /// <summary>Updates a skillset. Fields that are not set keep their values.</summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the skillset.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// skillset does not exist, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>:
    /// another skillset already has the alias.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string skillsetId, SkillsetUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/skillset/{skillsetId}/update", skillsetId), request, cancellationToken);
    }

    /// <summary>Deletes a skillset with its abilities. Bots that used it stay, without a skillset.</summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the skillset.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the skillset does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string skillsetId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/skillset/{skillsetId}/delete", skillsetId), record: null, cancellationToken);
}
