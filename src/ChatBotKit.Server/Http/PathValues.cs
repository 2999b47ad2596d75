namespace ChatBotKit.Server.Http;

internal static class PathValues
{
    /// <summary>The value that the request's path has for a parameter of its route.</summary>
    public static string PathValue(this HttpContext context, string parameter) => (string)context.Request.RouteValues[parameter]!;
}
