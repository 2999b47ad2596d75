using System.Text.Json.Nodes;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations;

/// <summary>What the declarations of integrations have in common.</summary>
internal static class ChatIntegrations
{
    /// <summary>The value of <c>allowFrom</c> with which everybody may write; an empty text lets nobody.</summary>
    public const string Everybody = "*";

    private const double MaxSessionDuration = 31 * 86_400_000.0;

    /// <summary>The bot that answers; own, or of others who share it.</summary>
    public static IReadOnlyList<ResourceReference> References { get; } = [new("botId", "bot")];

    /// <summary>The defaults of a kind through which people chat with a bot, with those of its own fields.</summary>
    public static JsonObject Defaults(JsonObject own)
    {
        own["contactCollection"] = false;
        return own;
    }

    public static void Check<TItem>(TItem item, ResourceCheck check)
        where TItem : ChatIntegrationItem => CheckSessionDuration(item.SessionDuration, check);

    /// <summary>How long somebody stays in the same conversation: at most a month.</summary>
    public static void CheckSessionDuration(long? value, ResourceCheck check) =>
        check.Faults.CheckRange(value, 0, MaxSessionDuration, "sessionDuration");
}
