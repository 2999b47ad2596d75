namespace ChatBotKit.Server.RunLog;

/// <summary>What a reader finds when it looks.</summary>
internal enum LogState
{
    /// <summary>Here are lines.</summary>
    Lines,

    /// <summary>The lines that it wants are no longer in memory.</summary>
    InStore,

    /// <summary>There is nothing yet; the reader will be woken.</summary>
    Waiting,

    /// <summary>There is nothing, and nothing will come.</summary>
    Ended,

    /// <summary>The store failed; what it acknowledged before was delivered.</summary>
    Faulted,
}
