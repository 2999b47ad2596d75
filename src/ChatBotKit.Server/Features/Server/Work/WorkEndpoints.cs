using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Server.Work;

/// <summary>The operations on due work, for the owner of the server.</summary>
internal static class WorkEndpoints
{
    public static IServiceCollection AddWork(this IServiceCollection services) => services
        .AddSingleton<WorkReading>()
        .AddSingleton<WorkCommands>();

    public static void MapWork(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapGet("/server/work/list", ListAsync).WithName("listServerWork")
            .WithSummary("Lists the work of the server that is due at a time, for its owner")
            .TakesQuery("state", "Only work in this state.", choices: [.. WorkReading.StateNames])
            .TakesQuery("kind", "Only work of this kind.");
        group.MapGet("/server/work/{workId}/fetch", FetchAsync).WithName("fetchServerWork")
            .WithSummary("Fetches work of the server");
        group.MapPost("/server/work/{workId}/retry", RetryAsync).WithName("retryServerWork").IsIdempotent()
            .WithSummary("Runs failed or waiting work now");
        group.MapPost("/server/work/{workId}/drop", DropAsync).WithName("dropServerWork").IsIdempotent()
            .WithSummary("Drops failed or waiting work");
    });

    private static async Task<ListResult<ServerWorkItem>> ListAsync(
        ListQuery query, Caller caller, WorkReading work, ServerOwner owner, CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        var filter = WorkReading.FilterFrom(query);
        return new(query, (page, token) => work.ListAsync(filter, page, token), WorkReading.CursorOf);
    }

    private static async Task<JsonAnswer<ServerWorkItem>> FetchAsync(
        string workId, Caller caller, WorkReading work, ServerOwner owner, CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        return JsonAnswer.Of(await work.GetAsync(workId, cancellationToken));
    }

    private static async Task<JsonAnswer<IdResponse>> RetryAsync(
        string workId, JsonBody<EmptyRequest> body, Caller caller, WorkCommands work, ServerOwner owner, IdempotentCall call,
        CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        return JsonAnswer.Of(await work.RetryAsync(workId, call, cancellationToken));
    }

    private static async Task<JsonAnswer<IdResponse>> DropAsync(
        string workId, JsonBody<EmptyRequest> body, Caller caller, WorkCommands work, ServerOwner owner, IdempotentCall call,
        CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        return JsonAnswer.Of(await work.DropAsync(workId, call, cancellationToken));
    }
}
