using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Work;

/// <summary>The work of the server that is due: what waits, runs, or has failed too often.</summary>
internal static class WorkPages
{
    public const int PageSize = 50;

    public static void MapWork(this IEndpointRouteBuilder routes)
    {
        routes.Show("/work", ListAsync);
        routes.Act("/work/{workId}/retry", RetryAsync);
        routes.Act("/work/{workId}/drop", DropAsync);
    }

    private static async Task<IResult> ListAsync(Page page)
    {
        var state = page.Query("state") is "waiting" or "running" or "dead" ? page.Query("state") : null;
        var work = await page.Api.Server.Work.ListAsync(
            new() { Cursor = page.Query("cursor"), Take = PageSize, State = state is null ? null : new ServerWorkState(state) }, page.Aborted);
        return page.View<WorkListView, WorkList>(new WorkList(work, state));
    }

    private static async Task<IResult> RetryAsync(Page page)
    {
        await page.Api.Server.Work.RetryAsync(page.Value("workId"), page.Aborted);
        return page.Go("/work", "retried-work");
    }

    private static async Task<IResult> DropAsync(Page page)
    {
        await page.Api.Server.Work.DropAsync(page.Value("workId"), page.Aborted);
        return page.Go("/work", "dropped");
    }
}

/// <summary>A page of the work.</summary>
/// <param name="Work">The items.</param>
/// <param name="State">The state of those that are shown; null for all.</param>
public sealed record WorkList(ListResponse<ServerWorkItem> Work, string? State);
