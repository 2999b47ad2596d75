using ChatBotKit.Faults.Kill.Writers;

namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>Checks that a channel has every run that was dispatched to it, each from its question to a single end.</summary>
internal sealed class ChannelCheck(ApiConnection api, Findings findings)
{
    /// <summary>How long a run may take that a repeated request has started on the new server.</summary>
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(20);

    public int Cut { get; private set; }

    /// <summary>Waits for active runs. A dispatch without a response is executed when it is repeated.</summary>
    public async Task WaitForRunsAsync(ChannelRecord channel)
    {
        var (waiting, text) = (channel.Dispatched.ToHashSet(), "");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(RunLimit);
        using var stream = await SubscribeAsync(channel);
        try
        {
            while (waiting.Count > 0 && await stream.ReadAsync(limit.Token) is { } message)
            {
                var line = ChannelLine.Of(message);
                if (line.Type == "sendResult")
                    text = line.Text("text");
                else if (line.Type == "result")
                    waiting.Remove(text);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            // Missing runs are reported by the check.
        }
    }

    public async Task CheckAsync(ChannelRecord channel)
    {
        var lines = await ReadAsync(channel);
        if (!lines.Select(line => line.Number).SequenceEqual(Enumerable.Range(1, lines.Count).Select(number => (long)number)))
            findings.Fault($"channel {channel.Id} is numbered {string.Join(' ', lines.Select(line => line.Number))}");
        for (var index = 0; index < channel.Received.Count; index++)
        {
            if (index >= lines.Count)
                findings.Lose($"message {index + 1} of channel {channel.Id}, which was received");
            else if (lines[index].Raw != channel.Received[index].Raw)
                findings.Fault($"message {index + 1} of channel {channel.Id} is {lines[index].Raw} and was {channel.Received[index].Raw}");
        }
        CheckRuns(channel, lines);
    }

    /// <summary>Reads the whole channel. The check publishes a last message to know where it ends.</summary>
    private async Task<List<EventLine>> ReadAsync(ChannelRecord channel)
    {
        var marker = Guid.NewGuid().ToString("N");
        channel.Markers.Add(marker);
        await api.PostAsync(ApiCall.Of($"v1/channel/{channel.Id}/publish", new { message = new { marker } }, Writer.OwnerSecret));
        using var stream = await SubscribeAsync(channel);
        var lines = new List<EventLine>();
        while (await stream.ReadAsync() is { } line)
        {
            lines.Add(line);
            if (line.Text("marker") == marker)
                break;
        }
        return lines;
    }

    private Task<EventStream> SubscribeAsync(ChannelRecord channel) => api.OpenAsync(
        ApiCall.Of($"v1/channel/{channel.Id}/subscribe", new { historyLength = 10_000 }, Writer.OwnerSecret));

    private void CheckRuns(ChannelRecord channel, List<EventLine> lines)
    {
        var texts = new List<string>();
        var run = new List<EventLine>();
        foreach (var line in lines.Where(line => !channel.Markers.Contains(line.Text("marker"))).Select(ChannelLine.Of))
        {
            run.Add(line);
            if (line.Type != "result")
                continue;
            texts.Add(CheckRun(channel, run));
            run.Clear();
        }
        if (run.Count > 0)
            findings.Fault($"channel {channel.Id} ends in the middle of a run");
        foreach (var text in channel.Dispatched.Except(texts))
            findings.Lose($"dispatch \"{text}\" in channel {channel.Id}");
        foreach (var text in texts.GroupBy(text => text).Where(same => same.Count() > 1))
            findings.Double($"dispatch \"{text.Key}\" in channel {channel.Id}");
    }

    private string CheckRun(ChannelRecord channel, List<EventLine> run)
    {
        var text = run.Find(line => line.Type == "sendResult")?.Text("text") ?? "";
        if (text.Length == 0)
            findings.Lose($"question of a run in channel {channel.Id}: {string.Join(' ', run.Select(line => line.Type))}");
        else if (!channel.Conversation.WasAttempted(text))
            findings.Fault($"\"{text}\" in channel {channel.Id} was never dispatched");
        var log = new RunLog(text, run, findings);
        if (text.Length > 0)
            log.CheckEvents();
        if (log.WasCut)
            Cut++;
        return text;
    }
}
