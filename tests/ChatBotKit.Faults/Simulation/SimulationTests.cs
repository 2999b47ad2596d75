namespace ChatBotKit.Faults.Simulation;

/// <summary>The conversation engine with a scheduler, a clock, a model and a disk that a seed controls.</summary>
[OfFiles("The simulation has a store of its own.")]
public sealed class SimulationTests
{
    /// <summary>The number of seeds that are played in every run, before new ones.</summary>
    private const int FixedSeeds = 1_000;

    private const int MostSabotagedSeeds = 2_000;

    [Fact]
    public void Seeds_WhateverHappens_KeepAllPromises()
    {
        if (Form.Seed is { } only)
        {
            Repeat(only);
            return;
        }
        var first = Random.Shared.Next(1_000_000, 1_000_000_000);
        var count = Form.Pick(20_000, 100_000);
        var run = new SeedRun();
        var seeds = Enumerable.Range(1, FixedSeeds).Concat(Enumerable.Range(first, count - FixedSeeds));
        var time = run.Play(seeds.Select(seed => new WorldOptions(seed)), Form.Pick(TimeSpan.FromSeconds(20), TimeSpan.FromHours(1)), threads: 2);

        Report(run, time, first);
        Assert.Empty(run.Failures);
    }

    /// <summary>Verifies the checks: each promise that is broken on purpose must be noticed.</summary>
    [Theory]
    [MemberData(nameof(Sabotages))]
    public void Seeds_WithASabotage_AreFoundOut(int sabotage)
    {
        for (var seed = 1; seed <= MostSabotagedSeeds; seed++)
        {
            var world = new World(new WorldOptions(seed) { Sabotage = (Sabotage)sabotage });
            world.Run();
            if (world.Violations.Count == 0)
                continue;
            Form.Report($"{(Sabotage)sabotage} is found out by seed {seed}: {world.Violations[0]}");
            return;
        }
        Assert.Fail($"{(Sabotage)sabotage} goes unnoticed for {MostSabotagedSeeds} seeds.");
    }

    /// <summary>Tests every kind of fault at every write of a few simulations, one at a time.</summary>
    [Fact]
    public void Write_WithEachFaultAtEachNumber_BreaksNoPromise()
    {
        var run = new SeedRun();
        var time = run.Play(Faults().Take(Form.Pick(1_000, 20_000)), Form.Pick(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10)), threads: 2);
        Form.Report($"{run.Seeds} simulations with one fault each in {time.TotalSeconds:0} s");
        Assert.Empty(run.Failures);

        static IEnumerable<WorldOptions> Faults()
        {
            for (var seed = 1; ; seed++)
            {
                var calm = new World(new WorldOptions(seed) { Faults = WriteFaults.At(0, WriteFault.None), RestartsAtRandom = false, MayHaveTwoHolders = false });
                calm.Run();
                for (var number = 1; number <= calm.Counts.Writes; number++)
                {
                    for (var fault = WriteFault.Delay; fault <= WriteFault.CrashAfter; fault++)
                        yield return new WorldOptions(seed) { Faults = WriteFaults.At(number, fault), RestartsAtRandom = false, MayHaveTwoHolders = false };
                }
            }
        }
    }

    public static TheoryData<int> Sabotages() => [.. Enum.GetValues<Sabotage>().Where(sabotage => sabotage != Sabotage.None).Select(sabotage => (int)sabotage)];

    [Fact]
    public void Seed_PlayedTwice_TakesTheSameSteps()
    {
        for (var seed = 1; seed <= 20; seed++)
            Assert.Equal(Play(seed), Play(seed));

        static (ulong Hash, long Steps, long Writes) Play(int seed)
        {
            var world = new World(new WorldOptions(seed));
            world.Run();
            return (world.Trace.Hash, world.Counts.Steps, world.Counts.Writes);
        }
    }

    private static void Repeat(int seed)
    {
        var world = new World(new WorldOptions(seed) { KeepsText = true });
        world.Run();
        foreach (var line in world.Trace.Lines)
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        Assert.Empty(world.Violations);
    }

    private static void Report(SeedRun run, TimeSpan time, int first)
    {
        var counts = run.Counts;
        Form.Report($"seeds       {run.Seeds} in {time.TotalSeconds:0} s ({time.TotalMilliseconds / Math.Max(1, run.Seeds):0.00} ms each), from {first} on after {FixedSeeds} fixed ones");
        Form.Report($"steps       {counts.Steps}");
        Form.Report($"writes      {counts.Writes}, of which {counts.Faults} went wrong");
        Form.Report($"crashes     {counts.Crashes}, and {counts.Restarts} ordered restarts");
        Form.Report($"holders     {counts.SecondHolders} times a second one, and {counts.Fenced} writes that were refused to one of two");
        Form.Report($"streams     {counts.Streams}, of which {counts.Resumed} took up an answer again");
        Form.Report($"runs ended  {string.Join(", ", counts.Ends.Select(end => $"{end.Key} {end.Value}"))}");
        Form.Report($"violations  {run.Failures.Count}");
        foreach (var failure in run.Failures)
            Form.Report(failure);
    }
}
