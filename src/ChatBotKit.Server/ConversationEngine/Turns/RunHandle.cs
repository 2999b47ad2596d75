namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Where to read what a run says.</summary>
/// <param name="RunId">The run.</param>
/// <param name="LogId">The log that it writes to: its own, or that of a channel.</param>
/// <param name="NodeId">The process that has the log in memory as long as the run goes on.</param>
internal readonly record struct RunHandle(string RunId, string LogId, string NodeId);
