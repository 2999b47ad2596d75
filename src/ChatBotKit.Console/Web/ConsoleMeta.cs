using System.Text.Json.Nodes;

namespace ChatBotKit.AdminConsole.Web;

/// <summary>The mark in <c>meta</c> of the conversations and sessions that the console made for its test chat.</summary>
internal static class ConsoleMeta
{
    public const string Key = "console";

    public static JsonObject New() => new() { [Key] = "try" };
}
