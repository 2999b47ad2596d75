namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>Compares the state of a new server with the knowledge of the clients.</summary>
internal sealed class Verifier(Ledger ledger, KillDatabase database)
{
    public Findings Findings { get; } = new();

    public int RunsCut { get; private set; }

    public int StreamsTakenUp { get; private set; }

    public int Repeated { get; private set; }

    public WorkCheck Work { get; private set; } = null!;

    /// <summary>Checks everything that was used on the last server.</summary>
    public async Task CheckLifeAsync(ApiConnection api, int life)
    {
        var repeat = new RepeatCheck(ledger, api, Findings);
        await repeat.CheckAsync(life);
        Repeated += repeat.Repeated;
        var waiting = new ChannelCheck(api, Findings);
        foreach (var channel in ledger.Channels.Where(channel => channel.Life == life))
            await waiting.WaitForRunsAsync(channel);

        var (runs, channels) = await CheckAsync(
            api, ledger.Conversations.Where(one => one.Life == life), ledger.Runs.Where(one => one.Life == life),
            ledger.Channels.Where(one => one.Life == life), ledger.Sessions.Where(one => one.Life == life));
        await CheckResourcesAsync(api, ledger.Resources.Where(one => one.Life == life));
        RunsCut += runs.Cut + channels.Cut;
        StreamsTakenUp += runs.Followed;
    }

    /// <summary>Checks everything since the beginning again.</summary>
    public async Task CheckAllAsync(ApiConnection api)
    {
        await CheckAsync(api, ledger.Conversations, ledger.Runs, ledger.Channels, ledger.Sessions);
        await CheckResourcesAsync(api, ledger.Resources);
        await new SessionCheck(api, Findings).CheckAuditRecordsAsync(ledger.Sessions);
        await new EventCheck(api, database, Findings).CheckAsync();
    }

    /// <summary>Counts the effects of due work. No server may run.</summary>
    public void CheckWork()
    {
        Work = new WorkCheck(database, Findings);
        Work.Check();
    }

    /// <summary>Runs the program's check of documents and references. No server may run.</summary>
    public async Task CheckDatabaseAsync()
    {
        if (await database.CheckByProgramAsync() is { Length: > 0 } finding)
            Findings.Fault(finding);
    }

    private async Task CheckResourcesAsync(ApiConnection api, IEnumerable<ResourceRecord> resources)
    {
        var check = new ResourceCheck(api, Findings);
        foreach (var resource in resources)
            await check.CheckAsync(resource);
    }

    private async Task<(RunCheck Runs, ChannelCheck Channels)> CheckAsync(
        ApiConnection api, IEnumerable<ConversationRecord> conversations, IEnumerable<RunRecord> runs,
        IEnumerable<ChannelRecord> channels, IEnumerable<SessionRecord> sessions)
    {
        var messageCheck = new MessageCheck(api, Findings);
        foreach (var conversation in conversations)
            await messageCheck.CheckAsync(conversation);
        var runCheck = new RunCheck(api, Findings);
        foreach (var run in runs)
            await runCheck.CheckAsync(run);
        var channelCheck = new ChannelCheck(api, Findings);
        foreach (var channel in channels)
            await channelCheck.CheckAsync(channel);
        var sessionCheck = new SessionCheck(api, Findings);
        foreach (var session in sessions)
            await sessionCheck.CheckAsync(session);
        await sessionCheck.CheckAuditChainAsync();
        if (database.CheckIntegrity() is not "ok" and var damage)
            Findings.Fault($"the database is damaged: {damage}");
        return (runCheck, channelCheck);
    }
}
