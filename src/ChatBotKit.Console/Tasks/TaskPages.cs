using ChatBotKit.AdminConsole.Bots;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Tasks;

/// <summary>The tasks of bots: the list, and the schedule and the runs of each.</summary>
internal static class TaskPages
{
    public const int PageSize = 50;

    /// <summary>The number of runs that the page of a task shows at a time.</summary>
    public const int Shown = 25;

    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        routes.Show("/tasks", ListAsync);
        routes.Show("/tasks/new", page => ShowNewAsync(page, new(Name: null, Description: null, BotId: page.Query("bot"), Schedule: null, Timezone: null), failure: null));
        routes.Act("/tasks/new", CreateAsync);
        routes.Show("/tasks/{taskId}", page => ShowAsync(page, null, null));
        routes.Act("/tasks/{taskId}", SaveAsync);
        routes.Act("/tasks/{taskId}/trigger", TriggerAsync);
        routes.Act("/tasks/{taskId}/cancel", CancelAsync);
        routes.Act("/tasks/{taskId}/runs/{executionId}/cancel", CancelRunAsync);
        routes.Act("/tasks/{taskId}/delete", DeleteAsync);
    }

    private static async Task<IResult> ListAsync(Page page)
    {
        var tasks = await page.Api.Task.ListAsync(new() { Cursor = page.Query("cursor"), Take = PageSize }, page.Aborted);
        return page.View<TaskListView, ListResponse<TaskItem>>(tasks);
    }

    private static async Task<IResult> ShowNewAsync(Page page, TaskFields fields, Failure? failure) =>
        page.View<TaskNewView, TaskForm>(new TaskForm(fields, await BotsAsync(page), failure), failure?.Status ?? StatusCodes.Status200OK);

    private static async Task<IResult> CreateAsync(Page page)
    {
        var fields = TaskFields.From(await page.FormAsync());
        try
        {
            var task = await page.Api.Task.CreateAsync(fields.ToCreate(), page.Aborted);
            return page.Go($"/tasks/{task.Id}", "created");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return await ShowNewAsync(page, fields, Failure.Of(exception));
        }
    }

    private static async Task<IResult> ShowAsync(Page page, TaskFields? fields, Failure? failure)
    {
        var (id, api, token) = (page.Value("taskId"), page.Api.Task, page.Aborted);
        var task = api.FetchAsync(id, token);
        var executions = api.Execution.ListAsync(id, new() { Cursor = page.Query("cursor"), Take = Shown }, token).AsTask(token);
        var bots = BotsAsync(page);
        await Task.WhenAll(task, executions, bots);
        var form = new TaskForm(fields ?? TaskFields.Of(await task), await bots, failure);
        return page.View<TaskView, TaskPage>(new TaskPage(await task, await executions, form) { NextTimes = NextTimes.Of(await task, page.Settings.NextTime) }, failure?.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> SaveAsync(Page page)
    {
        var (id, fields) = (page.Value("taskId"), TaskFields.From(await page.FormAsync()));
        try
        {
            var stored = await page.Api.Task.FetchAsync(id, page.Aborted);
            await page.Api.Task.UpdateAsync(id, fields.ToUpdate(stored), page.Aborted);
            return page.Go($"/tasks/{id}", "saved");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return await ShowAsync(page, fields, Failure.Of(exception));
        }
    }

    private static async Task<IResult> TriggerAsync(Page page)
    {
        await page.Api.Task.TriggerAsync(page.Value("taskId"), page.Aborted);
        return page.Go($"/tasks/{page.Value("taskId")}", "started");
    }

    private static async Task<IResult> CancelAsync(Page page)
    {
        await page.Api.Task.CancelAsync(page.Value("taskId"), page.Aborted);
        return page.Go($"/tasks/{page.Value("taskId")}", "canceled");
    }

    private static async Task<IResult> CancelRunAsync(Page page)
    {
        await page.Api.Task.Execution.CancelAsync(page.Value("taskId"), page.Value("executionId"), page.Aborted);
        return page.Go($"/tasks/{page.Value("taskId")}", "canceled");
    }

    private static async Task<IResult> DeleteAsync(Page page)
    {
        await page.Api.Task.DeleteAsync(page.Value("taskId"), page.Aborted);
        return page.Go("/tasks", "deleted");
    }

    private static async Task<IReadOnlyList<BotItem>> BotsAsync(Page page) =>
        (await page.Api.Bot.ListAsync(new() { Take = BotChoices.Most }, page.Aborted)).Items;
}
