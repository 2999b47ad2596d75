namespace ChatBotKit.Bench.Harness;

/// <summary>Something that can be measured again and again.</summary>
internal sealed record Contender(string Name, Func<CancellationToken, Task<Sample>> MeasureAsync)
{
    /// <summary>The name of the contender that this one is held against; null for the first.</summary>
    public string? Against { get; init; }

    /// <summary>Whether others are held against this one, which then has no row of its own. The first always is.</summary>
    public bool IsFloor { get; init; }

    public IReadOnlyList<Target> Targets { get; init; } = [];
}

/// <summary>Measures contenders in turns, so that whatever else the machine does meets all of them alike.</summary>
internal static class Rounds
{
    /// <param name="context">How many rounds, and where the results go.</param>
    /// <param name="benchmark">The name of the comparison in the table.</param>
    /// <param name="contenders">The first is the floor of all that name no other.</param>
    /// <param name="cancellationToken">Ends the measurement without a result.</param>
    /// <returns>The samples of each contender, for comparisons among them.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<Sample>>> RunAsync(
        BenchContext context, string benchmark, IReadOnlyList<Contender> contenders, CancellationToken cancellationToken)
    {
        var samples = contenders.Select(_ => new List<Sample>()).ToList();
        for (var round = -context.Options.WarmUps; round < context.Options.Rounds; round++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                // Each begins as often as it ends, so that none always pays for what the one before it left.
                var turn = (i + Math.Max(round, 0)) % contenders.Count;
                cancellationToken.ThrowIfCancellationRequested();
                GC.Collect();
                var sample = await contenders[turn].MeasureAsync(cancellationToken);
                if (round >= 0)
                    samples[turn].Add(sample);
            }
        }

        for (var i = 1; i < contenders.Count; i++)
        {
            var contender = contenders[i];
            if (contender.IsFloor)
                continue;
            var floor = contender.Against is { } name ? contenders.Index().Single(one => one.Item.Name == name).Index : 0;
            context.Report.Add($"{benchmark}: {contender.Name}", samples[i], samples[floor], contender.Targets);
        }

        return samples;
    }
}
