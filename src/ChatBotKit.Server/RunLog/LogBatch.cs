namespace ChatBotKit.Server.RunLog;

/// <summary>Lines <paramref name="First"/> to <paramref name="Last"/> of a log: one JSON object each, ended by a line feed.</summary>
internal readonly record struct LogBatch(long First, long Last, ReadOnlyMemory<byte> Lines)
{
    /// <summary>
    /// Returns the lines of this batch that follow the line <paramref name="after"/>, which lies inside the batch or before it.
    /// </summary>
    public LogBatch After(long after)
    {
        if (after < First)
            return this;

        var rest = Lines;
        for (var number = First; number <= after; number++)
            rest = rest[(rest.Span.IndexOf((byte)'\n') + 1)..];
        return new LogBatch(after + 1, Last, rest);
    }
}
