namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>
/// Repeats every request with a key, as a client without a response does. Executed requests must not be executed again; the others
/// are executed now.
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
