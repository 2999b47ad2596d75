using System.Diagnostics;
using ChatBotKit.Faults.Kill.Checks;
using ChatBotKit.TestModels;

namespace ChatBotKit.Faults.Kill;

/// <summary>
/// The server is repeatedly killed with SIGKILL while many clients write, and restarted on the same data. Nothing that it has sent
/// may be lost or duplicated.
/// </summary>
public sealed class KillTests
{
    /// <summary>No kill begins after this time, so that a slow machine checks less instead of running longer.</summary>
    private static readonly TimeSpan TimeLimit = Form.Pick(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30));

    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Kill_AtAnyMoment_LosesAndDoublesNothing()
    {
        var seed = Form.Seed ?? Random.Shared.Next();
        Form.Report($"CHATBOTKIT_SEED={seed}");
        var (random, watch, ledger) = (new Random(seed), Stopwatch.StartNew(), new Ledger());
        var token = TestContext.Current.CancellationToken;
        await using var database = await KillDatabase.CreateAsync();
        await using var model = (await ScriptedModelServer.StartAsync(token)).Otherwise(PacedModel.Script);
        await using var victim = new Victim(database, model);
        var verifier = new Verifier(ledger, database);
        var workload = new Workload(ledger);

        for (var kills = Form.Pick(7, 200); ledger.Life < kills && watch.Elapsed < TimeLimit && verifier.Findings.IsEmpty; ledger.Life++)
        {
            using var api = new ApiConnection(await victim.StartAsync());
            if (ledger.Life > 0)
                await verifier.CheckLifeAsync(api, ledger.Life - 1);
            await LoadAndKillAsync(victim, workload.RunAsync(api), ledger, random);
            if (ledger.Life % 2 == 1)
                await victim.KillInStartAsync(ledger.Life % 4 == 1 ? null : random.NextDouble());
        }

        using (var api = new ApiConnection(await victim.StartAsync()))
        {
            await verifier.CheckLifeAsync(api, ledger.Life - 1);
            await verifier.CheckAllAsync(api);
        }
        await victim.KillAsync();
        await verifier.CheckDatabaseAsync();
        verifier.CheckWork();
        Report(ledger, victim, verifier, watch.Elapsed);
        Assert.True(verifier.Findings.IsEmpty, verifier.Findings.ToString());
        Assert.True(verifier.RunsCut > 0 && verifier.StreamsTakenUp > 0 && verifier.Work.Done > 0, "The load was not what it should be.");
    }

    /// <summary>Lets the writers run until a number of events has arrived, and a little longer, and kills the server.</summary>
    private static async Task LoadAndKillAsync(Victim victim, Task writing, Ledger ledger, Random random)
    {
        var token = TestContext.Current.CancellationToken;
        var moment = ledger.WhenMoreEventsAsync(random.Next(1, 300));
        var later = TimeSpan.FromMicroseconds(random.Next(2) == 0 ? 0 : random.Next(30_000));
        await Task.WhenAny(moment, writing).WaitAsync(Stalled, token);
        await Task.WhenAny(Task.Delay(later, token), writing);
        Assert.False(writing.IsCompletedSuccessfully, "The server was gone before it was killed.");
        await victim.KillAsync();
        await writing.WaitAsync(Stalled, token);
    }

    private static void Report(Ledger ledger, Victim victim, Verifier verifier, TimeSpan time)
    {
        Form.Report($"kills                        {ledger.Life}, and {victim.StartsKilled} in the start after, of which {victim.RecoveriesCut} in mid-recovery");
        foreach (var (kind, count) in ledger.Acknowledged.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Form.Report($"acknowledged {kind,-16}{count}");
        Form.Report($"requests repeated            {verifier.Repeated}");
        Form.Report($"events received              {ledger.Events}");
        Form.Report($"streams taken up             {verifier.StreamsTakenUp}");
        Form.Report($"runs cut                     {verifier.RunsCut}");
        Form.Report($"due work done                {verifier.Work.Done}, of which {verifier.Work.Repeated} in more than one attempt");
        Form.Report($"lost / doubled / wrong       {verifier.Findings.Lost} / {verifier.Findings.Doubled} / {verifier.Findings.Wrong}");
        Form.Report($"time                         {time.TotalSeconds:0} s");
    }
}
