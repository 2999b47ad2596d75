using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>Generates reports on ratings, contacts, conversations and messages of the account.</summary>
public class PlatformReportClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PlatformReportClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PlatformReportClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformReportClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PlatformReportClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformReportClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected PlatformReportClient()
    {
    }

    /// <summary>Lists the reports that can be generated.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the reports of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PlatformReportItem>, PlatformReportItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PlatformReportItem>(new Route("/api/v1/platform/report/list"), request, cancellationToken);

    /// <summary>Generates any report.</summary>
    /// <param name="reportId">The id of the report.</param>
    /// <param name="request">The parameters of the report, such as <c>periodDays</c>; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The report, whose fields depend on its kind.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the input is not valid. <see cref="ErrorCodes.NotFound"/>: the report does not
    /// exist.
    /// </exception>
    public virtual Task<JsonObject> GenerateAsync(
        string reportId, JsonObject? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<JsonObject>(Route.Of("/api/v1/platform/report/{reportId}/generate", reportId), request, cancellationToken);

    /// <summary>Generates a report that consists of one number.</summary>
    /// <param name="reportId">The id of the report, one of <see cref="PlatformReportIds"/>.</param>
    /// <param name="request">The period; null for the last 30 days.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the input is not valid. <see cref="ErrorCodes.NotFound"/>: the report does not
    /// exist.
    /// </exception>
    public virtual Task<PlatformReportResponse> GenerateTypedAsync(
        string reportId, PlatformReportRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<PlatformReportResponse>(Route.Of("/api/v1/platform/report/{reportId}/generate", reportId), request, cancellationToken);

    /// <summary>Generates any report, with request and result types of your own.</summary>
    /// <typeparam name="TRequest">The type of the parameters of the report, which must be serialized as a JSON object.</typeparam>
    /// <typeparam name="TResult">The type of the report.</typeparam>
    /// <param name="reportId">The id of the report.</param>
    /// <param name="request">The parameters of the report.</param>
    /// <param name="requestType">The metadata of the type of the request, from a source-generated context.</param>
    /// <param name="resultType">The metadata of the type of the report, from a source-generated context.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the input is not valid. <see cref="ErrorCodes.NotFound"/>: the report does not
    /// exist. <see cref="ClientErrorCodes.InvalidResponse"/>: the report does not match the type.
    /// </exception>
    public virtual async Task<TResult> GenerateTypedAsync<TRequest, TResult>(
        string reportId,
        TRequest request,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResult> resultType,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resultType);
        var report = await GenerateAsync(reportId, TypedJson.ToObject(request, requestType), cancellationToken).ConfigureAwait(false);
        return TypedJson.Read(report, resultType)!;
    }

    /// <summary>Generates several reports in one call.</summary>
    /// <param name="requests">The parameters of each report, by the id of the report.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The reports by their ids; one that failed has nothing but a text <c>error</c>.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.BadRequest"/>: the input is not valid.</exception>
    public virtual async Task<IReadOnlyDictionary<string, JsonObject>> GenerateBatchAsync(
        IReadOnlyDictionary<string, JsonObject> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return await PostAsync<Dictionary<string, JsonObject>>(
            new Route("/api/v1/platform/report/generate"), new Dictionary<string, JsonObject>(requests), cancellationToken).ConfigureAwait(false);
    }
}
