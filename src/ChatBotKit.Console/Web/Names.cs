namespace ChatBotKit.AdminConsole.Web;

/// <summary>Names for people. A resource without a name has an empty one in some answers of the API, and none in others.</summary>
internal static class Names
{
    /// <summary>Returns the text; the other one when it is empty or missing, so that every link and heading can be read.</summary>
    public static string Or(this string? text, string other) => string.IsNullOrWhiteSpace(text) ? other : text;
}
