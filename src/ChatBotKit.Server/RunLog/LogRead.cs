namespace ChatBotKit.Server.RunLog;

/// <summary>What one read gave.</summary>
internal enum LogRead
{
    /// <summary><see cref="LogReader.Current"/> holds lines.</summary>
    Lines,

    /// <summary>Nothing came for a while; the connection wants a sign of life.</summary>
    Heartbeat,

    /// <summary>The log has ended and was read to its end.</summary>
    End,

    /// <summary>The log could not be stored any further.</summary>
    Fault,

    /// <summary>Somebody called <see cref="LogReader.Stop"/>.</summary>
    Stopped,
}
