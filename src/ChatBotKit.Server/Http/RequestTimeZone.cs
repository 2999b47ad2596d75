using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

internal static class RequestTimeZone
{
    /// <summary>Returns the IANA name of the time zone in <c>X-Timezone</c>; UTC when the header is absent.</summary>
    /// <exception cref="ApiException">400: the time zone is unknown.</exception>
    public static string From(HttpContext context)
    {
        var name = context.Request.Headers[ApiHeaders.Timezone];
        if (name.Count == 0 || string.IsNullOrEmpty(name[0]))
            return TimeZoneInfo.Utc.Id;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name[0]!, out var zone)
            ? zone.Id
            : throw ApiException.BadRequest("The header X-Timezone must be the IANA name of a time zone, for example Europe/Sofia");
    }
}
