using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Bots;

/// <summary>The bots: the list, the settings of each with a test chat beside them, and how it is embedded.</summary>
internal static class BotPages
{
    public const int PageSize = 50;

    public static void MapBots(this IEndpointRouteBuilder routes)
    {
        routes.Show("/bots", ListAsync);
        routes.Show("/bots/new", ShowNewAsync);
        routes.Act("/bots/new", CreateAsync);
        routes.Show("/bots/{botId}", ShowAsync);
        routes.Act("/bots/{botId}", SaveAsync);
        routes.Act("/bots/{botId}/try", TryAsync);
        routes.Act("/bots/{botId}/clone", CloneAsync);
        routes.Show("/bots/{botId}/embed", ShowEmbedAsync);
        routes.Show("/bots/{botId}/delete", ShowDeleteAsync);
        routes.Act("/bots/{botId}/delete", DeleteAsync);
        routes.MapBotUsage();
    }

    private static async Task<IResult> ListAsync(Page page)
    {
        var bots = await page.Api.Bot.ListAsync(new() { Cursor = page.Query("cursor"), Take = PageSize }, page.Aborted);
        return page.View<BotListView, ListResponse<BotItem>>(bots);
    }

    private static async Task<IResult> ShowNewAsync(Page page) =>
        page.View<BotNewView, BotForm>(new BotForm(BotTemplates.All.GetValueOrDefault(page.Query("template") ?? "") ?? new BotFields(), await BotChoices.ReadAsync(page)));

    private static async Task<IResult> CreateAsync(Page page)
    {
        var fields = BotFields.From(await page.FormAsync());
        try
        {
            var bot = await page.Api.Bot.CreateAsync(fields.ToCreate(), page.Aborted);
            return page.Go($"/bots/{bot.Id}", "created");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            var failure = Failure.Of(exception);
            return page.View<BotNewView, BotForm>(new BotForm(fields, await BotChoices.ReadAsync(page)) { Failure = failure }, failure.Status);
        }
    }

    private static async Task<IResult> ShowAsync(Page page)
    {
        var bot = page.Api.Bot.FetchAsync(page.Value("botId"), page.Aborted);
        var choices = BotChoices.ReadAsync(page);
        await Task.WhenAll(bot, choices);
        return page.View<BotView, BotForm>(new BotForm(BotFields.Of(await bot), await choices) { Bot = await bot });
    }

    private static async Task<IResult> SaveAsync(Page page)
    {
        var (id, fields) = (page.Value("botId"), BotFields.From(await page.FormAsync()));
        try
        {
            await page.Api.Bot.UpdateAsync(id, fields.ToUpdate(), page.Aborted);
            return page.Go($"/bots/{id}", "saved");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            var failure = Failure.Of(exception);
            var bot = await page.Api.Bot.FetchAsync(id, page.Aborted);
            return page.View<BotView, BotForm>(new BotForm(fields, await BotChoices.ReadAsync(page)) { Bot = bot, Failure = failure }, failure.Status);
        }
    }

    private static async Task<IResult> CloneAsync(Page page)
    {
        var clone = await page.Api.Bot.CloneAsync(page.Value("botId"), page.Aborted);
        return page.Go($"/bots/{clone.Id}", "cloned");
    }

    /// <summary>Gives the test chat a session with the settings that the form has, saved or not.</summary>
    private static async Task<IResult> TryAsync(Page page)
    {
        var form = await page.FormAsync();
        var fields = BotFields.From(form);
        return await Trials.MintAsync(page, form, new()
        {
            Name = $"Test of {fields.Name ?? "a bot"}",
            Model = fields.Model,
            Backstory = fields.Backstory,
            DatasetId = fields.DatasetId,
            SkillsetId = fields.SkillsetId,
            Privacy = fields.Privacy,
        });
    }

    private static async Task<IResult> ShowEmbedAsync(Page page) =>
        page.View<BotEmbedView, BotItem>(await page.Api.Bot.FetchAsync(page.Value("botId"), page.Aborted));

    private static async Task<IResult> ShowDeleteAsync(Page page)
    {
        var id = page.Value("botId");
        var bot = await page.Api.Bot.FetchAsync(id, page.Aborted);
        var conversations = await page.Api.Conversation.ListAsync(new() { BotId = id, Take = PageSize }, page.Aborted);
        return page.View<BotDeleteView, BotRemoval>(new BotRemoval(bot, conversations.Items.Count, conversations.Cursor is not null && conversations.Items.Count == PageSize));
    }

    private static async Task<IResult> DeleteAsync(Page page)
    {
        await page.Api.Bot.DeleteAsync(page.Value("botId"), page.Aborted);
        return page.Go("/bots", "deleted");
    }
}

/// <summary>A bot that is to be deleted, and what depends on it.</summary>
/// <param name="Bot">The bot.</param>
/// <param name="Conversations">The number of its conversations that were read.</param>
/// <param name="HasMore">Whether it has more.</param>
public sealed record BotRemoval(BotItem Bot, int Conversations, bool HasMore);
