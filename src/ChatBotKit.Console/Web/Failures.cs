using System.Net;

namespace ChatBotKit.AdminConsole.Web;

internal static class Failures
{
    /// <summary>
    /// Whether a form is shown again with its content and the reason: the input is wrong, or the server can't store it now. Other
    /// failures have a page of their own.
    /// </summary>
    public static bool KeepsForm(ChatBotKitException exception) => exception.StatusCode
        is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity
        or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.NotImplemented;
}
