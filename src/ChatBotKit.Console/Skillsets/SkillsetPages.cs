using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Skillsets;

/// <summary>The skillsets: the list, and the settings and abilities of each.</summary>
internal static class SkillsetPages
{
    public const int PageSize = 50;

    public static void MapSkillsets(this IEndpointRouteBuilder routes)
    {
        routes.Show("/skillsets", ListAsync);
        routes.Show("/skillsets/new", page => Task.FromResult(NewView(page, new(Name: null, Description: null, IsEnabled: true), failure: null)));
        routes.Act("/skillsets/new", CreateAsync);
        routes.Show("/skillsets/{skillsetId}", page => ShowAsync(page, null, null));
        routes.Act("/skillsets/{skillsetId}", SaveAsync);
        routes.Act("/skillsets/{skillsetId}/delete", DeleteAsync);
        routes.MapAbilities();
        routes.MapAbilityGallery();
    }

    private static async Task<IResult> ListAsync(Page page)
    {
        var skillsets = await page.Api.Skillset.ListAsync(new() { Cursor = page.Query("cursor"), Take = PageSize }, page.Aborted);
        return page.View<SkillsetListView, ListResponse<SkillsetItem>>(skillsets);
    }

    private static IResult NewView(Page page, SkillsetFields fields, Failure? failure) =>
        page.View<SkillsetNewView, SkillsetForm>(new SkillsetForm(fields, failure), failure?.Status ?? StatusCodes.Status200OK);

    private static async Task<IResult> CreateAsync(Page page)
    {
        var fields = SkillsetFields.From(await page.FormAsync());
        try
        {
            var skillset = await page.Api.Skillset.CreateAsync(fields.ToCreate(), page.Aborted);
            return page.Go($"/skillsets/{skillset.Id}", "created");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return NewView(page, fields, Failure.Of(exception));
        }
    }

    private static async Task<IResult> ShowAsync(Page page, SkillsetFields? fields, Failure? failure)
    {
        var (id, api, token) = (page.Value("skillsetId"), page.Api.Skillset, page.Aborted);
        var skillset = api.FetchAsync(id, token);
        var abilities = api.Ability.ListAsync(id, new() { Cursor = page.Query("cursor"), Take = PageSize }, token).AsTask(token);
        await Task.WhenAll(skillset, abilities);
        var shown = new SkillsetPage(await skillset, await abilities, fields ?? SkillsetFields.Of(await skillset), failure);
        return page.View<SkillsetView, SkillsetPage>(shown, failure?.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> SaveAsync(Page page)
    {
        var (id, fields) = (page.Value("skillsetId"), SkillsetFields.From(await page.FormAsync()));
        try
        {
            await page.Api.Skillset.UpdateAsync(id, fields.ToUpdate(), page.Aborted);
            return page.Go($"/skillsets/{id}", "saved");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return await ShowAsync(page, fields, Failure.Of(exception));
        }
    }

    private static async Task<IResult> DeleteAsync(Page page)
    {
        await page.Api.Skillset.DeleteAsync(page.Value("skillsetId"), page.Aborted);
        return page.Go("/skillsets", "deleted");
    }
}
