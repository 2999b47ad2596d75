namespace ChatBotKit.Server.Data.Rows;

/// <summary>Events <see cref="First"/> to <see cref="Last"/> of a log, as one row.</summary>
internal sealed class LogBatchRow
{
    public required string LogId { get; init; }

    public required long First { get; init; }

    public required long Last { get; init; }

    /// <summary>One JSON object per event, each ended by a line feed.</summary>
    public required byte[] Lines { get; init; }

    public required long CreatedAt { get; init; }
}
