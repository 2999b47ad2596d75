namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Where the events of a run can be read.</summary>
/// <param name="RunId">The run.</param>
/// <param name="LogId">The log of the run: its own, or that of a channel.</param>
/// <param name="NodeId">The process that has the log in memory while the run is active.</param>
internal readonly record struct RunHandle(string RunId, string LogId, string NodeId);
