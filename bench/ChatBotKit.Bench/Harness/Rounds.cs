namespace ChatBotKit.Bench.Harness;

/// <summary>Something that can be measured again and again.</summary>
internal sealed record Contender(string Name, Func<CancellationToken, Task<Sample>> MeasureAsync);

/// <summary>Measures contenders in turns, so that whatever else the machine does meets all of them alike.</summary>
internal static class Rounds
{
    /// <param name="context">How many rounds, and where the results go.</param>
    /// <param name="benchmark">The name of the comparison in the table.</param>
    /// <param name="contenders">The first is the floor, which the others are held against.</param>
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

        var floor = samples[0];
        for (var i = 1; i < contenders.Count; i++)
            context.Report.Add($"{benchmark}: {contenders[i].Name}", samples[i], floor);
        return samples;
    }
}
