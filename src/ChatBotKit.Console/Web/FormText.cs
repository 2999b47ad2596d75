namespace ChatBotKit.AdminConsole.Web;

/// <summary>Makes updates of the texts of a form.</summary>
internal static class FormText
{
    /// <summary>Returns the text for an update. An empty field removes the value, and is not left out.</summary>
    public static Optional<string> Given(string? text) => text is null ? Optional<string>.Null : text;
}
