namespace ChatBotKit.Server.RunLog;

/// <summary>The outcome of a read.</summary>
internal enum LogRead
{
    /// <summary><see cref="LogReader.Current"/> holds lines.</summary>
    Lines,

    /// <summary>No line came within the interval of the heartbeat.</summary>
    Heartbeat,

    /// <summary>The log has ended and was read to its end.</summary>
    End,

    /// <summary>The store failed, so the log cannot go on.</summary>
    Fault,

    /// <summary><see cref="LogReader.Stop"/> was called.</summary>
    Stopped,
}
