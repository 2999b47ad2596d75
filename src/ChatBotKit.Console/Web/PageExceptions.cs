namespace ChatBotKit.AdminConsole.Web;

/// <summary>There is no such page.</summary>
internal sealed class PageNotFoundException : Exception;

/// <summary>The console itself refuses the request.</summary>
/// <param name="status">The status of the response.</param>
/// <param name="message">The text of the page.</param>
internal sealed class PageRefusedException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
