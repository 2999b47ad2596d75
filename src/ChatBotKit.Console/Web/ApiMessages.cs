using System.Text.Json;

namespace ChatBotKit.AdminConsole.Web;

internal static class ApiMessages
{
    /// <summary>Returns the message of the API alone, without the address that the exception's message has as well.</summary>
    public static string ApiMessage(this ChatBotKitException exception)
    {
        try
        {
            using var body = JsonDocument.Parse(exception.ResponseBody ?? "");
            if (body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String)
                return message.GetString()!;
        }
        catch (JsonException)
        {
            // An error of something between, such as a proxy.
        }

        return exception.Message;
    }
}
