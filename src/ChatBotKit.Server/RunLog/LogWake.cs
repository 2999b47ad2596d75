namespace ChatBotKit.Server.RunLog;

/// <summary>Why a reader that waited goes on.</summary>
internal enum LogWake
{
    Changed,
    Heartbeat,
    Cancelled,
    Stopped,
}
