using System.Globalization;

namespace ChatBotKit.AdminConsole.Web;

internal static class Sizes
{
    /// <summary>Returns a number of bytes for people, such as <c>20 MB</c>.</summary>
    public static string Of(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} bytes",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.#} MB"),
    };
}
