using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Skillsets;

/// <summary>The abilities of a skillset. Each can be run once, without a model.</summary>
internal static class AbilityPages
{
    /// <summary>The maximum number of secrets to choose from.</summary>
    private const int MostSecrets = 100;

    public static void MapAbilities(this IEndpointRouteBuilder routes)
    {
        routes.Show("/skillsets/{skillsetId}/abilities/new", page => ShowAsync(page, abilityId: null));
        routes.Act("/skillsets/{skillsetId}/abilities/new", page => SaveAsync(page, abilityId: null));
        routes.Show("/skillsets/{skillsetId}/abilities/{abilityId}", page => ShowAsync(page, page.Value("abilityId")));
        routes.Act("/skillsets/{skillsetId}/abilities/{abilityId}", page => SaveAsync(page, page.Value("abilityId")));
        // The page of a run has this address. Opened again, as after a sign-in, it shows the ability and runs nothing.
        routes.Show("/skillsets/{skillsetId}/abilities/{abilityId}/run", page => ShowAsync(page, page.Value("abilityId")));
        routes.Act("/skillsets/{skillsetId}/abilities/{abilityId}/run", RunAsync);
        routes.Act("/skillsets/{skillsetId}/abilities/{abilityId}/delete", DeleteAsync);
    }

    private static async Task<IResult> ShowAsync(Page page, string? abilityId) => View(page, await ReadAsync(page, abilityId));

    private static IResult View(Page page, AbilityForm form) =>
        page.View<AbilityView, AbilityForm>(form, form.Failure?.Status ?? StatusCodes.Status200OK);

    private static async Task<AbilityForm> ReadAsync(Page page, string? abilityId)
    {
        var (id, api, token) = (page.Value("skillsetId"), page.Api, page.Aborted);
        var skillset = api.Skillset.FetchAsync(id, token);
        var secrets = api.Secret.ListAsync(new() { Take = MostSecrets }, token).AsTask(token);
        var ability = abilityId is null ? Task.FromResult<AbilityItem?>(null) : FetchAsync(page, abilityId);
        await Task.WhenAll(skillset, secrets, ability);
        var fields = await ability is { } stored ? AbilityFields.Of(stored)
            : (page.Query("template") is { } template ? await AbilityGalleryPages.BeginAsync(page, template) : null) ?? new(null, null, null, null, IsEnabled: true);
        return new AbilityForm(await skillset, (await secrets).Items, fields) { Ability = await ability };
    }

    private static async Task<AbilityItem?> FetchAsync(Page page, string abilityId) =>
        await page.Api.Skillset.Ability.FetchAsync(page.Value("skillsetId"), abilityId, page.Aborted);

    private static async Task<IResult> SaveAsync(Page page, string? abilityId)
    {
        var (id, fields, abilities) = (page.Value("skillsetId"), AbilityFields.From(await page.FormAsync()), page.Api.Skillset.Ability);
        try
        {
            var stored = abilityId is null
                ? await abilities.CreateAsync(id, fields.ToCreate(), page.Aborted)
                : await abilities.UpdateAsync(id, abilityId, fields.ToUpdate(), page.Aborted);
            return page.Go($"/skillsets/{id}/abilities/{stored.Id}", abilityId is null ? "created" : "saved");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return View(page, await ReadAsync(page, abilityId) with { Fields = fields, Failure = Failure.Of(exception) });
        }
    }

    private static async Task<IResult> RunAsync(Page page)
    {
        var (id, input) = (page.Value("abilityId"), (await page.FormAsync()).Text("input"));
        try
        {
            var outcome = await page.Api.Skillset.Ability.ExecuteAsync(page.Value("skillsetId"), id, new() { Input = input }, page.Aborted);
            return View(page, await ReadAsync(page, id) with { Input = input, Outcome = outcome });
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return View(page, await ReadAsync(page, id) with { Input = input, Failure = Failure.Of(exception) });
        }
    }

    private static async Task<IResult> DeleteAsync(Page page)
    {
        var id = page.Value("skillsetId");
        await page.Api.Skillset.Ability.DeleteAsync(id, page.Value("abilityId"), page.Aborted);
        return page.Go($"/skillsets/{id}", "deleted");
    }
}
