using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.ToolServers;

/// <summary>The integrations that offer the abilities of a skillset to other programs: their settings, their address and what is missing.</summary>
internal static class ToolServerPages
{
    /// <summary>The number of integrations of a kind that the list of integrations shows.</summary>
    public const int Shown = 50;

    private const int MostSkillsets = 100;
    private const int MostAbilities = 100;

    public static void MapToolServers(this IEndpointRouteBuilder routes)
    {
        foreach (var kind in ToolServerKind.All)
        {
            var path = $"/integrations/{kind.Name}";
            routes.Show($"{path}/new", page => ShowNewAsync(page, kind, new(Name: null, Description: null, page.Query("skillset")), failure: null));
            routes.Act($"{path}/new", page => CreateAsync(page, kind));
            routes.Show($"{path}/{{serverId}}", page => ShowAsync(page, kind));
            routes.Act($"{path}/{{serverId}}", page => SaveAsync(page, kind));
            // The page with the token has this address. Opened again, as after a sign-in, it shows the integration without it.
            routes.Show($"{path}/{{serverId}}/token", page => ShowAsync(page, kind));
            routes.Act($"{path}/{{serverId}}/token", async page => View(page, await ReadAsync(page, kind) with { ShowsToken = true }));
            routes.Act($"{path}/{{serverId}}/delete", page => DeleteAsync(page, kind));
        }
    }

    private static async Task<IResult> ShowNewAsync(Page page, ToolServerKind kind, ToolServerFields fields, Failure? failure) =>
        page.View<ToolServerNewView, ToolServerForm>(
            new ToolServerForm(kind, fields, await SkillsetsAsync(page)) { Failure = failure }, failure?.Status ?? StatusCodes.Status200OK);

    private static async Task<IResult> CreateAsync(Page page, ToolServerKind kind)
    {
        var fields = ToolServerFields.From(await page.FormAsync());
        try
        {
            return page.Go($"/integrations/{kind.Name}/{await kind.CreateAsync(page.Api, fields, page.Aborted)}", "created");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return await ShowNewAsync(page, kind, fields, Failure.Of(exception));
        }
    }

    private static async Task<IResult> ShowAsync(Page page, ToolServerKind kind) => View(page, await ReadAsync(page, kind));

    private static IResult View(Page page, ToolServerForm form) =>
        page.View<ToolServerView, ToolServerForm>(form, form.Failure?.Status ?? StatusCodes.Status200OK);

    private static async Task<ToolServerForm> ReadAsync(Page page, ToolServerKind kind)
    {
        var fetched = kind.FetchAsync(page.Api, page.Value("serverId"), page.Aborted);
        var skillsets = SkillsetsAsync(page);
        await Task.WhenAll(fetched, skillsets);
        var server = await fetched;
        return new ToolServerForm(kind, server.Fields, await skillsets)
        {
            Server = server,
            Abilities = server.Fields.SkillsetId is { } skillset ? await AbilitiesAsync(page, skillset) : null,
        };
    }

    /// <summary>Returns the number of abilities that callers get; null when the skillset is gone.</summary>
    private static async Task<int?> AbilitiesAsync(Page page, string skillsetId)
    {
        try
        {
            var abilities = await page.Api.Skillset.Ability.ListAsync(skillsetId, new() { Take = MostAbilities }, page.Aborted);
            return abilities.Items.Count(ability => ability.State != State.Disabled);
        }
        catch (ChatBotKitException exception) when (exception.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static async Task<IResult> SaveAsync(Page page, ToolServerKind kind)
    {
        var (id, fields) = (page.Value("serverId"), ToolServerFields.From(await page.FormAsync()));
        try
        {
            await kind.UpdateAsync(page.Api, id, fields, page.Aborted);
            return page.Go($"/integrations/{kind.Name}/{id}", "saved");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return View(page, await ReadAsync(page, kind) with { Fields = fields, Failure = Failure.Of(exception) });
        }
    }

    private static async Task<IResult> DeleteAsync(Page page, ToolServerKind kind)
    {
        await kind.DeleteAsync(page.Api, page.Value("serverId"), page.Aborted);
        return page.Go("/integrations", "deleted");
    }

    private static async Task<IReadOnlyList<SkillsetItem>> SkillsetsAsync(Page page) =>
        (await page.Api.Skillset.ListAsync(new() { Take = MostSkillsets }, page.Aborted)).Items;
}
