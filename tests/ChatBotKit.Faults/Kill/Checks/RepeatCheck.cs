namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>
/// Sends every request that carried a key once more, as a client does that has no answer or is not sure of it. What was done
/// already is not done again, and what was not is done now.
/// </summary>
internal sealed class RepeatCheck(Ledger ledger, ApiConnection api, Findings findings)
{
    public int Repeated { get; private set; }

    public async Task CheckAsync(int life)
    {
        foreach (var keyed in ledger.Keyed.Where(keyed => keyed.Life == life))
        {
            var known = keyed.Id;
            if (!keyed.Take(await api.PostAsync(keyed.Call)))
                findings.Double($"{keyed.Call.Path}, which was answered with {known}");
            Repeated++;
        }
        foreach (var run in ledger.Runs.Where(run => run.Life == life && run.Call.Key is not null))
        {
            using var stream = await api.OpenAsync(run.Call);
            if (run.Id is not null && stream.RunId != run.Id)
                findings.Double($"run {run.Id}, which was started again as {stream.RunId}");
            run.Id = stream.RunId;
            var lines = await stream.ReadToEndAsync();
            if (run.Received.Count == 0)
                run.Received.AddRange(lines);
            Repeated++;
        }
    }
}
