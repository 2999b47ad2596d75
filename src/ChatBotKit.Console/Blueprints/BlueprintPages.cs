using System.Net;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Blueprints;

/// <summary>The blueprints: the list, and the resources, settings and notes of each.</summary>
internal static class BlueprintPages
{
    public const int PageSize = 50;

    /// <summary>The API keeps no more notes.</summary>
    private const int MostNotes = 50;

    public static void MapBlueprints(this IEndpointRouteBuilder routes)
    {
        routes.Show("/blueprints", ListAsync);
        routes.Show("/blueprints/new", page => Task.FromResult(NewView(page, new(Name: null, Alias: null, Description: null), failure: null)));
        routes.Act("/blueprints/new", CreateAsync);
        routes.Show("/blueprints/{blueprintId}", page => ShowAsync(page));
        routes.Act("/blueprints/{blueprintId}", SaveAsync);
        routes.Act("/blueprints/{blueprintId}/clone", CloneAsync);
        routes.Act("/blueprints/{blueprintId}/delete", DeleteAsync);
        // The form of a note that was refused has this address. Opened again, as after a sign-in, it shows the blueprint.
        routes.Show("/blueprints/{blueprintId}/notes", page => ShowAsync(page));
        routes.Act("/blueprints/{blueprintId}/notes", WriteNoteAsync);
        routes.MapBlueprintFiles();
    }

    /// <summary>Shows a blueprint, also after something was refused.</summary>
    public static async Task<IResult> ShowAsync(Page page, Refusal? refusal = null, BlueprintFields? fields = null, string? note = null)
    {
        var (id, api, token) = (page.Value("blueprintId"), page.Api.Blueprint, page.Aborted);
        var blueprint = api.FetchAsync(id, token);
        var resources = ResourcesAsync(page, id);
        var notes = api.ListBulletinsAsync(id, new() { Take = MostNotes }, token).AsTask(token);
        await Task.WhenAll(blueprint, resources, notes);
        return page.View<BlueprintView, BlueprintPage>(
            new BlueprintPage(await blueprint, fields ?? BlueprintFields.Of(await blueprint))
            {
                Groups = (await resources).Groups,
                TooLarge = (await resources).TooLarge,
                Notes = (await notes).Items,
                Note = note,
                Refusal = refusal,
            },
            refusal?.Failure.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> ListAsync(Page page)
    {
        var blueprints = await page.Api.Blueprint.ListAsync(new() { Cursor = page.Query("cursor"), Take = PageSize }, page.Aborted);
        return page.View<BlueprintListView, ListResponse<BlueprintItem>>(blueprints);
    }

    private static IResult NewView(Page page, BlueprintFields fields, Failure? failure) =>
        page.View<BlueprintNewView, BlueprintForm>(new BlueprintForm(fields, failure), failure?.Status ?? StatusCodes.Status200OK);

    private static async Task<IResult> CreateAsync(Page page)
    {
        var fields = BlueprintFields.From(await page.FormAsync());
        try
        {
            var blueprint = await page.Api.Blueprint.CreateAsync(fields.ToCreate(), page.Aborted);
            return page.Go($"/blueprints/{blueprint.Id}", "created");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return NewView(page, fields, Failure.Of(exception));
        }
    }

    private static async Task<IResult> SaveAsync(Page page)
    {
        var (id, fields) = (page.Value("blueprintId"), BlueprintFields.From(await page.FormAsync()));
        try
        {
            await page.Api.Blueprint.UpdateAsync(id, fields.ToUpdate(), page.Aborted);
            return page.Go($"/blueprints/{id}", "saved");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return await ShowAsync(page, Refusal.Of(exception), fields);
        }
    }

    private static async Task<IResult> CloneAsync(Page page)
    {
        var clone = await page.Api.Blueprint.CloneAsync(page.Value("blueprintId"), page.Aborted);
        return page.Go($"/blueprints/{clone.Id}", "cloned");
    }

    private static async Task<IResult> DeleteAsync(Page page)
    {
        var withResources = (await page.FormAsync()).IsOn("resources");
        await page.Api.Blueprint.DeleteAsync(page.Value("blueprintId"), new() { DeleteResources = withResources }, page.Aborted);
        return page.Go("/blueprints", "deleted");
    }

    private static async Task<IResult> WriteNoteAsync(Page page)
    {
        var (id, form) = (page.Value("blueprintId"), await page.FormAsync());
        try
        {
            await page.Api.Blueprint.CreateBulletinAsync(id, new() { Text = form.Text("text") ?? "", Ttl = form.Count("ttl") }, page.Aborted);
            return page.Go($"/blueprints/{id}", "created");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return await ShowAsync(page, Refusal.Of(exception), note: form.Text("text"));
        }
    }

    /// <summary>Returns the resources. A blueprint with more than the API lists is still shown, with the reason.</summary>
    private static async Task<(IReadOnlyList<ResourceGroup> Groups, Failure? TooLarge)> ResourcesAsync(Page page, string id)
    {
        try
        {
            return (ResourceGroup.Of((await page.Api.Blueprint.ListResourcesAsync(id, page.Aborted)).Resources), null);
        }
        catch (ChatBotKitException exception) when (exception.StatusCode == HttpStatusCode.TooManyRequests)
        {
            return ([], Failure.Of(exception));
        }
    }
}
