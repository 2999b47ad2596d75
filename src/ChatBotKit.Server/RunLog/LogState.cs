namespace ChatBotKit.Server.RunLog;

/// <summary>What a log has for a reader.</summary>
internal enum LogState
{
    /// <summary>There are lines.</summary>
    Lines,

    /// <summary>The requested lines are no longer in memory.</summary>
    InStore,

    /// <summary>There are no lines yet. The reader will be woken.</summary>
    Waiting,

    /// <summary>There are no lines, and none will come.</summary>
    Ended,

    /// <summary>The store has failed. Everything that it acknowledged before was delivered.</summary>
    Faulted,
}
