using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.GraphQl;

internal static class GraphQlEndpoints
{
    public static void MapGraphQl(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapPost("/graphql", ExecuteAsync).WithName("graphql").Produces<GraphQlResponse>()
            .WithSummary("Executes a GraphQL query over the resources of the account; its errors are part of the answer"));

    private static async Task<IResult> ExecuteAsync(
        JsonBody<GraphQlRequest> body, Caller caller, GraphQlExecution execution, CancellationToken cancellationToken) =>
        new GraphQlAnswer(await execution.ExecuteAsync(body.Value, caller.AccountId, cancellationToken));
}
