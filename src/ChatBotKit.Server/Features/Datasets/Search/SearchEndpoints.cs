using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Datasets.Search;

internal static class SearchEndpoints
{
    public static void MapDatasetSearch(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapPost("/dataset/{datasetId}/search", SearchAsync).WithName("searchDataset")
            .WithSummary("Finds the records of a dataset that match a question"));

    private static async Task<JsonAnswer<DatasetSearchResponse>> SearchAsync(
        string datasetId, JsonBody<DatasetSearchRequest> body, Caller caller, SearchCommand search, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await search.SearchAsync(datasetId, body.Value, caller, cancellationToken));
}
