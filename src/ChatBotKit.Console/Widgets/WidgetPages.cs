using ChatBotKit.AdminConsole.Automations;
using ChatBotKit.AdminConsole.Bots;
using ChatBotKit.AdminConsole.ToolServers;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Widgets;

/// <summary>The widget integrations: the list, the settings of each with the widget beside them, and the code for a page.</summary>
internal static class WidgetPages
{
    public const int PageSize = 50;

    public static void MapWidgets(this IEndpointRouteBuilder routes)
    {
        routes.Show("/integrations", ListAsync);
        routes.Show("/integrations/widget/new", ShowNewAsync);
        routes.Act("/integrations/widget/new", CreateAsync);
        routes.Show("/integrations/widget/{widgetId}", ShowAsync);
        routes.Act("/integrations/widget/{widgetId}", SaveAsync);
        routes.Act("/integrations/widget/{widgetId}/try", TryAsync);
        routes.Show("/integrations/widget/{widgetId}/embed", ShowEmbedAsync);
        routes.Show("/integrations/widget/{widgetId}/delete", ShowDeleteAsync);
        routes.Act("/integrations/widget/{widgetId}/delete", DeleteAsync);
    }

    private static async Task<IResult> ListAsync(Page page)
    {
        var widgets = page.Api.Integration.Widget.ListAsync(new() { Cursor = page.Query("cursor"), Take = PageSize }, page.Aborted).AsTask(page.Aborted);
        var servers = Task.WhenAll(ToolServerKind.All.Select(kind => kind.ListAsync(page.Api, ToolServerPages.Shown, page.Aborted)));
        var automations = Task.WhenAll(AutomationKinds.All.Select(kind => kind.ListAsync(page.Api, AutomationPages.Shown, page.Aborted)));
        await Task.WhenAll(widgets, servers, automations);
        return page.View<WidgetListView, IntegrationList>(
            new IntegrationList(await widgets, [.. ToolServerKind.All.Zip(await servers)], [.. AutomationKinds.All.Zip(await automations)]));
    }

    private static async Task<IResult> ShowNewAsync(Page page) => page.View<WidgetNewView, WidgetForm>(
        new WidgetForm(new WidgetFields { BotId = page.Query("bot"), Restart = true, Export = true }, await BotsAsync(page)));

    private static async Task<IResult> CreateAsync(Page page)
    {
        var fields = WidgetFields.From(await page.FormAsync());
        try
        {
            var widget = await page.Api.Integration.Widget.CreateAsync(fields.ToCreate(), page.Aborted);
            return page.Go($"/integrations/widget/{widget.Id}", "created");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            var failure = Failure.Of(exception);
            return page.View<WidgetNewView, WidgetForm>(new WidgetForm(fields, await BotsAsync(page)) { Failure = failure }, failure.Status);
        }
    }

    private static async Task<IResult> ShowAsync(Page page)
    {
        var widget = page.Api.Integration.Widget.FetchAsync(page.Value("widgetId"), page.Aborted);
        var bots = BotsAsync(page);
        await Task.WhenAll(widget, bots);
        return page.View<WidgetView, WidgetForm>(new WidgetForm(WidgetFields.Of(await widget), await bots) { Widget = await widget });
    }

    private static async Task<IResult> SaveAsync(Page page)
    {
        var (id, fields) = (page.Value("widgetId"), WidgetFields.From(await page.FormAsync()));
        try
        {
            var stored = await page.Api.Integration.Widget.FetchAsync(id, page.Aborted);
            await page.Api.Integration.Widget.UpdateAsync(id, fields.ToUpdate(stored), page.Aborted);
            return page.Go($"/integrations/widget/{id}", "saved");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            var (widget, failure) = (await page.Api.Integration.Widget.FetchAsync(id, page.Aborted), Failure.Of(exception));
            return page.View<WidgetView, WidgetForm>(new WidgetForm(fields, await BotsAsync(page)) { Widget = widget, Failure = failure }, failure.Status);
        }
    }

    /// <summary>Gives the preview a session with the bot that the form has, saved or not.</summary>
    private static async Task<IResult> TryAsync(Page page)
    {
        var form = await page.FormAsync();
        var fields = WidgetFields.From(form);
        return await Trials.MintAsync(page, form, new()
        {
            Name = $"Test of {fields.Title ?? fields.Name ?? "a widget"}",
            BotId = fields.BotId,
            Messages = fields.Initial is { } first ? [new() { Type = MessageType.Bot, Text = first }] : null,
        });
    }

    private static async Task<IResult> ShowEmbedAsync(Page page) =>
        page.View<WidgetEmbedView, IntegrationWidgetItem>(await page.Api.Integration.Widget.FetchAsync(page.Value("widgetId"), page.Aborted));

    private static async Task<IResult> ShowDeleteAsync(Page page) =>
        page.View<WidgetDeleteView, IntegrationWidgetItem>(await page.Api.Integration.Widget.FetchAsync(page.Value("widgetId"), page.Aborted));

    private static async Task<IResult> DeleteAsync(Page page)
    {
        await page.Api.Integration.Widget.DeleteAsync(page.Value("widgetId"), page.Aborted);
        return page.Go("/integrations", "deleted");
    }

    private static async Task<IReadOnlyList<BotItem>> BotsAsync(Page page) =>
        (await page.Api.Bot.ListAsync(new() { Take = BotChoices.Most }, page.Aborted)).Items;
}

/// <summary>The integrations, by kind.</summary>
/// <param name="Widgets">A page of the widgets.</param>
/// <param name="Servers">The newest integrations that offer skillsets.</param>
/// <param name="Automations">The newest integrations that work by themselves.</param>
public sealed record IntegrationList(
    ListResponse<IntegrationWidgetItem> Widgets, IReadOnlyList<(ToolServerKind Kind, IReadOnlyList<ToolServer> Servers)> Servers,
    IReadOnlyList<(AutomationKind Kind, IReadOnlyList<Automation> Automations)> Automations);
