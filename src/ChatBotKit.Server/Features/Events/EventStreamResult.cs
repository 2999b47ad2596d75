using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Events;

/// <summary>
/// Streams the event log: the newest events that are stored already, and then each event as it happens. The stream ends when the subscriber
/// disconnects or reads too slowly, its credential ends, or the server stops.
/// </summary>
internal sealed class EventStreamResult(
    EventSubscribers subscribers, EventLogReading events, string accountId, int history, ResponseFormat format, TimeProvider time,
    CancellationToken stopping) : IResult
{
    private const string TextFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>How many earlier events are read at a time.</summary>
    private const int PageSize = 500;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (body, left) = (httpContext.Response.BodyWriter, httpContext.RequestAborted);
        // It begins before the earlier events are read, so that no event is missed between them.
        using var subscription = subscribers.Subscribe(accountId);
        using var ending = new StreamEnd(httpContext, subscription.Stop, stopping);
        var earlier = await FindEarlierAsync(left);
        StreamHeaders.Apply(httpContext.Response, format);
        StreamFrames.WritePing(body, format);
        await body.FlushAsync(left);
        var written = await WriteEarlierAsync(httpContext, earlier, left);
        if (!await WriteLiveAsync(httpContext, subscription, written, left))
            return;
        if (subscription.IsTooSlow)
            StreamFrames.WriteError(body, format, ApiException.TooManyRequests("The stream was read more slowly than events happened, so it ends"));
        else if (ending.Reason is { } reason)
            StreamFrames.WriteError(body, format, reason);
        await body.FlushAsync(left);
    }

    private async ValueTask<(long First, long Last)?> FindEarlierAsync(CancellationToken cancellationToken) =>
        history == 0 ? null : await events.FindNewestAsync(accountId, history, cancellationToken);

    /// <returns>The numbers of the events that were written.</returns>
    private async Task<HashSet<long>> WriteEarlierAsync(
        HttpContext context, (long First, long Last)? range, CancellationToken cancellationToken)
    {
        var written = new HashSet<long>();
        if (range is not var (first, last))
            return written;
        for (var after = first - 1; after < last;)
        {
            var page = await events.ListAfterAsync(accountId, after, PageSize, cancellationToken);
            foreach (var entry in page.Where(entry => entry.Number <= last))
            {
                written.Add(entry.Number);
                Write(context, entry, isLive: false);
            }

            if (page.Count == 0 || (await context.Response.BodyWriter.FlushAsync(cancellationToken)).IsCompleted)
                break;
            after = page[^1].Number;
        }

        return written;
    }

    /// <returns>False when the subscriber has disconnected.</returns>
    private async Task<bool> WriteLiveAsync(
        HttpContext context, EventSubscription subscription, HashSet<long> written, CancellationToken cancellationToken)
    {
        var body = context.Response.BodyWriter;
        Task<bool>? waiting = null;
        while (true)
        {
            waiting ??= subscription.Events.WaitToReadAsync(cancellationToken).AsTask();
            if (!await WaitAsync(waiting, cancellationToken))
            {
                StreamFrames.WritePing(body, format);
            }
            else
            {
                if (!await waiting)
                    return true;
                waiting = null;
                WriteWaiting(context, subscription, written);
            }

            if ((await body.FlushAsync(cancellationToken)).IsCompleted)
                return false;
        }
    }

    private void WriteWaiting(HttpContext context, EventSubscription subscription, HashSet<long> written)
    {
        // A limited number at a time, so that the response buffers little of what a slow subscriber has not read.
        for (var count = 0; count < PageSize && subscription.Events.TryRead(out var entry); count++)
        {
            if (!written.Remove(entry.Number))
                Write(context, entry, isLive: true);
        }
    }

    /// <summary>Waits for an event, or until a heartbeat is due.</summary>
    /// <returns>Whether the wait has ended.</returns>
    private async Task<bool> WaitAsync(Task<bool> waiting, CancellationToken cancellationToken)
    {
        try
        {
            await waiting.WaitAsync(RunStreamResult.Heartbeat, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Writes an event. As in the official API, live events have times as texts, and earlier ones as milliseconds.</summary>
    private void Write(HttpContext context, EventEntry entry, bool isLive)
    {
        var item = JsonSerializer.SerializeToNode(entry.ToItem(), ServerJson.Of<EventLogItem>(context))!.AsObject();
        if (isLive)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(EventNumbers.TimeOf(entry.Number)).ToString(TextFormat, CultureInfo.InvariantCulture);
            (item["createdAt"], item["updatedAt"]) = (at, at);
        }

        WriteFrame(context.Response.BodyWriter, item);
    }

    private void WriteFrame(PipeWriter body, JsonObject item)
    {
        var isLines = format == ResponseFormat.JsonLines;
        body.Write(isLines ? "{\"type\":\"item\",\"data\":"u8 : "event: item\ndata: "u8);
        using (var json = new Utf8JsonWriter(body))
            item.WriteTo(json);
        body.Write(isLines ? "}\n"u8 : "\n\n"u8);
    }
}
