using ChatBotKit.Faults.Kill.Writers;

namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>Checks that a run's log continues at the exact event at which its reader was cut off, and ends once.</summary>
internal sealed class RunCheck(ApiConnection api, Findings findings)
{
    public int Cut { get; private set; }

    public int Followed { get; private set; }

    /// <summary>Checks a run. <see cref="MessageCheck"/> also compares the text of its answer with the messages.</summary>
    public async Task CheckAsync(RunRecord run)
    {
        if (run.Id is null)
            return;
        using var stream = await api.FollowAsync(run.Conversation.Id, run.Id, after: 0, run.Call.Secret);
        if (stream is null)
        {
            // Without any event, the question may be lost like a request without a response.
            if (run.IsAcknowledged)
                findings.Lose($"run {run.Id}");
            return;
        }

        var lines = await stream.ReadToEndAsync();
        Followed++;
        CheckAgainstReceived(run, lines);
        await CheckRestAsync(run, lines);
        var log = new RunLog(run.Text, lines, findings);
        log.CheckNumbers();
        log.CheckEvents();
        if (log.WasCut)
            Cut++;
        await CheckMessageAsync(run, lines);
    }

    private void CheckAgainstReceived(RunRecord run, List<EventLine> lines)
    {
        for (var index = 0; index < run.Received.Count; index++)
        {
            if (index >= lines.Count)
                findings.Lose($"event {index + 1} of run {run.Id}, which was received");
            else if (lines[index].Raw != run.Received[index].Raw)
                findings.Fault($"event {index + 1} of run {run.Id} is {lines[index].Raw} and was {run.Received[index].Raw}");
        }
        if (run.Received is [.., { Type: "result" }] && lines.Count > run.Received.Count)
            findings.Double($"end of run {run.Id}");
    }

    /// <summary>Checks the events that a reader gets when it resumes after its last event.</summary>
    private async Task CheckRestAsync(RunRecord run, List<EventLine> lines)
    {
        using var stream = await api.FollowAsync(run.Conversation.Id, run.Id!, run.Received.Count, run.Call.Secret);
        var rest = stream is null ? [] : await stream.ReadToEndAsync();
        if (!rest.Select(line => line.Raw).SequenceEqual(lines.Skip(run.Received.Count).Select(line => line.Raw)))
            findings.Fault($"run {run.Id} goes on differently after event {run.Received.Count} than it is read from its beginning");
    }

    /// <summary>Checks that the streamed answer equals the stored message.</summary>
    private async Task CheckMessageAsync(RunRecord run, List<EventLine> lines)
    {
        foreach (var line in lines.Where(line => line.Type is "message" or "sendResult"))
        {
            var path = $"v1/conversation/{run.Conversation.Id}/message/{line.Text("id")}/fetch";
            if (await api.StatusAsync(path, Writer.OwnerSecret) != System.Net.HttpStatusCode.OK)
                findings.Lose($"message {line.Text("id")} of run {run.Id}");
            else if ((await api.GetAsync(path, Writer.OwnerSecret)).GetProperty("text").GetString() != line.Text("text"))
                findings.Fault($"message {line.Text("id")} of run {run.Id} has another text than its event");
        }
    }
}
