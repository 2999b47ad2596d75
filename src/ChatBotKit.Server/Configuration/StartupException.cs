namespace ChatBotKit.Server.Configuration;

/// <summary>The server can't start for a reason that its operator can fix; the message says how.</summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
