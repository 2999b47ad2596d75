namespace ChatBotKit.Bench.Harness;

/// <summary>A contender that can be measured repeatedly.</summary>
internal sealed record Contender(string Name, Func<CancellationToken, Task<Sample>> MeasureAsync)
{
    /// <summary>The name of the contender to compare with; null for the first one.</summary>
    public string? Against { get; init; }

    /// <summary>Whether this is a floor for other contenders and has no row of its own. The first contender always is.</summary>
    public bool IsFloor { get; init; }

    public IReadOnlyList<Target> Targets { get; init; } = [];
}

/// <summary>Measures contenders in turns, so that other load on the machine affects all of them equally.</summary>
internal static class Rounds
{
    /// <param name="context">The number of rounds, and the report.</param>
    /// <param name="benchmark">The name of the comparison in the table.</param>
    /// <param name="contenders">The contenders. The first one is the floor of all that name no other.</param>
    /// <param name="cancellationToken">The token that cancels the measurement.</param>
    /// <returns>The samples of each contender.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<Sample>>> RunAsync(
        BenchContext context, string benchmark, IReadOnlyList<Contender> contenders, CancellationToken cancellationToken)
    {
        var samples = contenders.Select(_ => new List<Sample>()).ToList();
        for (var round = -context.Options.WarmUps; round < context.Options.Rounds; round++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                // The order rotates, so that no contender is always affected by the one before it.
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
