using System.Text.Json.Nodes;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations;

/// <summary>Rules that all kinds of chat integrations share.</summary>
internal static class ChatIntegrations
{
    /// <summary>The value of <c>allowFrom</c> that lets everybody write; an empty text lets nobody write.</summary>
    public const string Everybody = "*";

    private const double MaxSessionDuration = 31 * 86_400_000.0;

    /// <summary>The reference to the bot that answers: a bot of the account, or one that another account shares.</summary>
    public static IReadOnlyList<ResourceReference> References { get; } = [new("botId", "bot")];

    /// <summary>Returns the defaults of all chat integrations together with those of one kind.</summary>
    public static JsonObject Defaults(JsonObject own)
    {
        own["contactCollection"] = false;
        return own;
    }

    public static void Check<TItem>(TItem item, ResourceCheck check)
        where TItem : ChatIntegrationItem => CheckSessionDuration(item.SessionDuration, check);

    /// <summary>Checks how long a person stays in the same conversation: at most a month.</summary>
    public static void CheckSessionDuration(long? value, ResourceCheck check) =>
        check.Faults.CheckRange(value, 0, MaxSessionDuration, "sessionDuration");
}
