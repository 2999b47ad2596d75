namespace ChatBotKit.Faults.Network;

/// <summary>Selects positions within a response.</summary>
internal static class Positions
{
    /// <summary>
    /// Returns at most this number of positions from 1 to the length: all of them, or a selection that depends on the seed.
    /// </summary>
    public static IEnumerable<long> Of(long length, int atMost)
    {
        if (length <= atMost)
        {
            for (var position = 1L; position <= length; position++)
                yield return position;
            yield break;
        }

        var random = new Random(Form.Seed ?? 5);
        for (var index = 0; index < atMost; index++)
        {
            var from = length * index / atMost;
            var to = length * (index + 1) / atMost;
            yield return from + 1 + random.NextInt64(to - from);
        }
    }
}
