using System.Text.Json;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.AdminConsole.Conversations;

/// <summary>The trace of a run, made from its log.</summary>
internal static class RunPages
{
    /// <summary>The events that a trace is made of. A longer log is cut, and the page says so.</summary>
    private const int MaxEvents = 20_000;

    /// <summary>The shortest session that the API gives. It is revoked when the log has been read.</summary>
    private const int VisitorSeconds = 1800;

    /// <summary>How long the log of a run that goes on is read; the page reads it again soon.</summary>
    private static readonly TimeSpan LiveRead = TimeSpan.FromSeconds(1);

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public static async Task<IResult> ShowAsync(Page page)
    {
        var (id, runId) = (page.Value("conversationId"), page.Value("runId"));
        var conversation = await page.Api.Conversation.FetchAsync(id, page.Aborted);
        var run = await FindAsync(page, id, runId);
        var isRunning = run?.State == RunState.Running;
        var (events, isCut) = await ReadAsync(page, page.Api, id, runId, isRunning);
        return page.View<RunView, RunTrace>(RunTrace.Of(conversation, runId, run, events) with { IsCut = isCut, IsRunning = isRunning });
    }

    /// <summary>Shows the log as a visitor gets it. It is read with a session of a visitor, so the server itself leaves out what it hides.</summary>
    public static async Task<IResult> ShowToVisitorAsync(Page page)
    {
        var (id, runId, sessions) = (page.Value("conversationId"), page.Value("runId"), page.Api.Conversation.Session);
        var conversation = await page.Api.Conversation.FetchAsync(id, page.Aborted);
        var run = await FindAsync(page, id, runId);
        var session = await sessions.CreateAsync(
            id, new() { DurationInSeconds = VisitorSeconds, Permissions = [SessionPermission.MessagesRead], Meta = ConsoleMeta.New() }, page.Aborted);
        try
        {
            var (events, isCut) = await ReadAsync(page, page.ApiOf(session.Token), id, runId, run?.State == RunState.Running);
            return page.View<RunView, RunTrace>(RunTrace.Of(conversation, runId, run, events) with { IsCut = isCut, IsOfVisitor = true });
        }
        finally
        {
            await sessions.RevokeAsync(id, session.SessionId!, cancellationToken: CancellationToken.None);
        }
    }

    /// <summary>Writes the log as it is, one event in a line.</summary>
    public static async Task<IResult> DownloadAsync(Page page)
    {
        var (id, runId) = (page.Value("conversationId"), page.Value("runId"));
        var run = await FindAsync(page, id, runId);
        var (events, _) = await ReadAsync(page, page.Api, id, runId, run?.State == RunState.Running);
        return Results.Stream(
            async body =>
            {
                foreach (var one in events)
                {
                    await JsonSerializer.SerializeAsync(body, one, ChatBotKitJson.ClientOptions, page.Aborted);
                    await body.WriteAsync(LineEnd, page.Aborted);
                }
            },
            "application/jsonl",
            $"run-{runId}.jsonl");
    }

    private static async Task<RunItem?> FindAsync(Page page, string id, string runId)
    {
        var runs = await page.Api.Conversation.Run.ListAsync(id, new() { Take = 100 }, page.Aborted);
        return runs.Items.FirstOrDefault(run => run.Id == runId);
    }

    private static async Task<(List<RunEvent> Events, bool IsCut)> ReadAsync(Page page, ChatBotKitApi api, string id, string runId, bool isRunning)
    {
        var events = new List<RunEvent>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(page.Aborted);
        using var timer = isRunning ? page.Settings.Time.CreateTimer(_ => limit.Cancel(), null, LiveRead, Timeout.InfiniteTimeSpan) : null;
        try
        {
            await foreach (var one in api.Conversation.Run.StreamAsync(id, runId, cancellationToken: limit.Token))
            {
                if (events.Count == MaxEvents)
                    return (events, true);
                events.Add(one);
            }
        }
        catch (OperationCanceledException) when (!page.Aborted.IsCancellationRequested)
        {
            // Enough of a run that goes on.
        }

        return (events, false);
    }
}
