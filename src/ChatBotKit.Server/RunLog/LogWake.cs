namespace ChatBotKit.Server.RunLog;

/// <summary>The reason for which the wait of a reader ended.</summary>
internal enum LogWake
{
    Changed,
    Heartbeat,
    Cancelled,
    Stopped,
}
