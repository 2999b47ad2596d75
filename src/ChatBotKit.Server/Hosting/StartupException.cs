namespace ChatBotKit.Server.Hosting;

/// <summary>The server can't start, for a reason that the person at the console can mend. The message says what to do.</summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
