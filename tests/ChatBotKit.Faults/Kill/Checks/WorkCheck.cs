using System.Globalization;

namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>Whether each item of work that was due had its effect once, and the next one waits.</summary>
internal sealed class WorkCheck(KillDatabase database, Findings findings)
{
    /// <summary>How many items are done.</summary>
    public int Done { get; private set; }

    /// <summary>How many of them needed more than one attempt.</summary>
    public int Repeated { get; private set; }

    public void Check()
    {
        var effects = database.ListWorkEffects();
        var waiting = database.ListWaitingWork().Select(Split).ToLookup(item => item.Chain, item => item.Number);
        foreach (var chain in effects.Select(effect => (Split(effect.Key).Chain, Split(effect.Key).Number, effect.Count)).GroupBy(item => item.Chain))
        {
            var last = chain.Max(item => item.Number);
            for (var number = 0; number <= last; number++)
                findings.Once(chain.Where(item => item.Number == number).Sum(item => item.Count), $"the effect of work {chain.Key}-{number}");
            findings.Once(waiting[chain.Key].Count(), $"the work that comes next in chain {chain.Key}");
            if (waiting[chain.Key].Any(number => number != last + 1))
                findings.Fault($"chain {chain.Key} went to {last} and goes on with {string.Join(", ", waiting[chain.Key])}");
        }

        (Done, Repeated) = (effects.Count, effects.Count(effect => effect.Attempts > 1));
    }

    private static (string Chain, int Number) Split(string key)
    {
        var parts = key.Split('-');
        return (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
