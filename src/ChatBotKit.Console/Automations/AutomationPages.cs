using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Automations;

/// <summary>The integrations that work by themselves: their settings, their address, a run at once, and their results.</summary>
internal static class AutomationPages
{
    /// <summary>The number of integrations of a kind that the list of integrations shows.</summary>
    public const int Shown = 50;

    private const int MostChoices = 100;

    public static void MapAutomations(this IEndpointRouteBuilder routes)
    {
        foreach (var kind in AutomationKinds.All)
        {
            var path = $"/integrations/{kind.Name}";
            routes.Show($"{path}/new", page => ShowNewAsync(page, kind, AutomationFields.OfNew(kind), failure: null));
            routes.Act($"{path}/new", page => CreateAsync(page, kind));
            routes.Show($"{path}/{{automationId}}", page => ShowAsync(page, kind));
            routes.Act($"{path}/{{automationId}}", page => SaveAsync(page, kind));
            // Forms post to these paths. A browser that opens one, as after a sign-in, gets the page of the integration.
            routes.Show($"{path}/{{automationId}}/run", page => ShowAsync(page, kind));
            routes.Act($"{path}/{{automationId}}/run", page => RunAsync(page, kind));
            routes.Show($"{path}/{{automationId}}/secret", page => ShowAsync(page, kind));
            routes.Act($"{path}/{{automationId}}/secret", async page => View(page, await ReadAsync(page, kind) with { ShowsSecret = true }));
            routes.Act($"{path}/{{automationId}}/delete", page => DeleteAsync(page, kind));
        }
    }

    private static async Task<IResult> ShowNewAsync(Page page, AutomationKind kind, AutomationFields fields, Failure? failure) =>
        page.View<AutomationNewView, AutomationForm>(await FormAsync(page, kind, fields) with { Failure = failure }, failure?.Status ?? StatusCodes.Status200OK);

    private static async Task<IResult> CreateAsync(Page page, AutomationKind kind)
    {
        var fields = AutomationFields.From(kind, await page.FormAsync());
        var id = "";
        return await TryAsync(async () => id = await kind.CreateAsync(page.Api, fields, page.Aborted)) is { } failure
            ? await ShowNewAsync(page, kind, fields, failure)
            : page.Go($"/integrations/{kind.Name}/{id}", "created");
    }

    private static async Task<IResult> ShowAsync(Page page, AutomationKind kind) => View(page, await ReadAsync(page, kind));

    private static async Task<IResult> SaveAsync(Page page, AutomationKind kind)
    {
        var (id, fields) = (page.Value("automationId"), AutomationFields.From(kind, await page.FormAsync()));
        return await TryAsync(() => kind.UpdateAsync(page.Api, id, fields, page.Aborted)) is { } failure
            ? View(page, await ReadAsync(page, kind) with { Fields = fields, Failure = failure })
            : page.Go($"/integrations/{kind.Name}/{id}", "saved");
    }

    private static async Task<IResult> RunAsync(Page page, AutomationKind kind)
    {
        var id = page.Value("automationId");
        return await TryAsync(() => kind.RunAsync(page.Api, id, page.Aborted)) is { } failure
            ? View(page, await ReadAsync(page, kind) with { Failure = failure })
            : page.Go($"/integrations/{kind.Name}/{id}", "started");
    }

    private static async Task<IResult> DeleteAsync(Page page, AutomationKind kind)
    {
        await kind.DeleteAsync(page.Api, page.Value("automationId"), page.Aborted);
        return page.Go("/integrations", "deleted");
    }

    /// <summary>Returns why something was not done, when the form is to be shown again with its content.</summary>
    private static async Task<Failure?> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (PageRefusedException exception)
        {
            return new Failure(exception.Status, exception.Message);
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return Failure.Of(exception);
        }
    }

    private static IResult View(Page page, AutomationForm form) =>
        page.View<AutomationView, AutomationForm>(form, form.Failure?.Status ?? StatusCodes.Status200OK);

    private static async Task<AutomationForm> ReadAsync(Page page, AutomationKind kind)
    {
        var id = page.Value("automationId");
        var automation = kind.FetchAsync(page.Api, id, page.Aborted);
        var results = kind.ResultsAsync(page.Api, id, page.Aborted);
        await Task.WhenAll(automation, results);
        return await FormAsync(page, kind, (await automation).Fields) with { Automation = await automation, Results = await results };
    }

    private static async Task<AutomationForm> FormAsync(Page page, AutomationKind kind, AutomationFields fields)
    {
        var bots = page.Api.Bot.ListAsync(new() { Take = MostChoices }, page.Aborted).AsTask(page.Aborted);
        var datasets = page.Api.Dataset.ListAsync(new() { Take = MostChoices }, page.Aborted).AsTask(page.Aborted);
        await Task.WhenAll(bots, datasets);
        return new AutomationForm(
            kind, fields, [.. (await bots).Items.Select(static bot => (bot.Id, bot.Name.Or(bot.Id)))],
            [.. (await datasets).Items.Select(static dataset => (dataset.Id, dataset.Name.Or(dataset.Id)))]);
    }
}
