using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Overview;

/// <summary>The first page: what is still to do, and what happened in the last days.</summary>
internal static class OverviewPages
{
    private const int Days = 7;
    private const int Newest = 5;

    public static void MapOverview(this IEndpointRouteBuilder routes)
    {
        routes.Show("/", ShowAsync);
        routes.Act("/sample", MakeSampleAsync);
    }

    private static async Task<IResult> ShowAsync(Page page)
    {
        var (api, token, today) = (page.Api, page.Aborted, page.Settings.Time.GetUtcNow().Date);
        var since = new DateTimeOffset(today, TimeSpan.Zero).AddDays(1 - Days);
        var models = api.Platform.Model.ListAsync(cancellationToken: token).AsTask(token);
        var bots = api.Bot.ListAsync(new() { Take = 1 }, token).AsTask(token);
        var datasets = api.Dataset.ListAsync(new() { Take = 1 }, token).AsTask(token);
        var conversations = RecentItems.ReadAsync<ConversationItem>(
            cursor => api.Conversation.ListAsync(new() { Cursor = cursor, Take = RecentItems.PageSize }, token).AsTask(token), one => one.CreatedAt, since);
        var sessions = api.Session.ListAsync(new() { Take = RecentItems.PageSize, Status = SessionStatus.Active }, token).AsTask(token);
        var refusals = RecentItems.OfAuditAsync(page, SessionAuditType.Refuse, since);
        var series = api.Usage.Series.FetchAsync(token);
        var errors = api.Event.Log.ListAsync(new() { Type = "api.error", Take = Newest }, token).AsTask(token);
        var failed = api.Server.Work.ListAsync(new() { State = ServerWorkState.Dead, Take = Newest }, token).AsTask(token);
        await Task.WhenAll(models, bots, datasets, conversations, sessions, refusals, series, errors, failed);
        var (found, active) = (await conversations, await sessions);
        return page.View<OverviewView, OverviewModel>(new OverviewModel
        {
            HasModel = (await models).Items.Any(model => model.Provider != "extractive" && model.Id != "extractive"),
            FirstBot = (await bots).Items is [var first, ..] ? first : null,
            HasDataset = (await datasets).Items.Count > 0,
            Messages = Figure.Of("Messages", (await series).Messages.Select(one => (one.Date, one.Total)), since, Days, isPart: false),
            Tokens = Figure.Of("Tokens", (await series).Tokens.Select(one => (one.Date, one.Total)), since, Days, isPart: false),
            Conversations = Figure.Of("Conversations", found.Items.Select(one => (one.CreatedAt, 1L)), since, Days, found.IsPart),
            Refusals = Figure.Of("Refused requests of sessions", (await refusals).Items.Select(one => (one.CreatedAt, (long)one.Count)), since, Days, (await refusals).IsPart),
            ActiveSessions = active.Items.Count,
            HasMoreSessions = active.Cursor is not null && active.Items.Count == RecentItems.PageSize,
            IsEmbedded = active.Items.Any(session => session.Meta?.ContainsKey(ConsoleMeta.Key) != true),
            Newest = [.. found.Items.Take(Newest)],
            Problems =
            [
                .. (await failed).Items.Select(static one => new OverviewProblem($"{one.Kind}: {one.LastError ?? "failed for good"}", "/work?state=dead", one.LastErrorAt)),
                .. (await errors).Items.Select(static one => new OverviewProblem(one.Description.Or(one.Name.Or(one.Type)), "/events?type=api.error", one.CreatedAt)),
            ],
        });
    }

    private static async Task<IResult> MakeSampleAsync(Page page)
    {
        var (api, token) = (page.Api, page.Aborted);
        var dataset = await api.Dataset.CreateAsync(new() { Name = "Flower shop", Description = "What customers of the sample shop ask about." }, token);
        foreach (var text in SampleBot.Texts)
            await api.Dataset.Record.CreateAsync(dataset.Id, new() { Text = text, Source = "sample" }, token);
        var bot = await api.Bot.CreateAsync(new() { Name = "Flower shop", Backstory = SampleBot.Backstory, DatasetId = dataset.Id }, token);
        return page.Go($"/bots/{bot.Id}", "sample");
    }
}
