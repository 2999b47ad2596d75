namespace ChatBotKit;

/// <summary>Skillsets: abilities that a model can use together. An id may also be @ and the alias.</summary>
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
    /// Initializes a new instance of the <see cref="SkillsetClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected SkillsetClient()
    {
    }

    /// <summary>Gets the abilities of skillsets.</summary>
    public virtual AbilityClient Ability => field ??= new AbilityClient(this);

    /// <summary>Lists the skillsets, newest first if nothing else is asked for.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the skillsets of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SkillsetItem>, SkillsetItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SkillsetItem>(new Route("/api/v1/skillset/list"), request, cancellationToken);

    /// <summary>Creates a skillset.</summary>
    /// <param name="request">What it is like; null makes one without a name.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the skillset.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the request
    /// refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another skillset has the alias.
    /// <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more skillsets.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(SkillsetCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/skillset/create"), request, cancellationToken);

    /// <summary>Fetches a skillset without its abilities.</summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The skillset.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such skillset.</exception>
    public virtual Task<SkillsetItem> FetchAsync(string skillsetId, CancellationToken cancellationToken = default) =>
        GetAsync<SkillsetItem>(Route.Of("/api/v1/skillset/{skillsetId}/fetch", skillsetId), query: null, cancellationToken);

    /// <summary>Changes a skillset; fields that are not set stay as they are.</summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="request">What changes.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the skillset.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such skillset, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another
    /// skillset has the alias.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string skillsetId, SkillsetUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/skillset/{skillsetId}/update", skillsetId), request, cancellationToken);
    }

    /// <summary>Deletes a skillset with its abilities. Bots that used it go on without.</summary>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the skillset.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such skillset.</exception>
    public virtual Task<IdResponse> DeleteAsync(string skillsetId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/skillset/{skillsetId}/delete", skillsetId), record: null, cancellationToken);
}
