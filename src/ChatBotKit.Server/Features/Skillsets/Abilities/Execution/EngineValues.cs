using System.Globalization;
using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>The values that the server gives to instructions, such as <c>${CONVERSATION_ID}</c>.</summary>
internal static class EngineValues
{
    public static IReadOnlyDictionary<string, string> Of(Ability ability, FunctionScope scope, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(scope.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["EARTH_DATE"] = local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["EARTH_TIME"] = local.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            ["EARTH_TIMEZONE"] = zone.Id,
            ["USER_ID"] = scope.AccountId,
        };
        Add(values, "CONVERSATION_ID", scope.ConversationId);
        Add(values, "CONTACT_ID", scope.ContactId);
        Add(values, "BOT_ID", scope.BotId);
        Add(values, "BOT_DEFAULT", ability.BotId);
        Add(values, "NAMESPACE_ID", scope.Namespace);
        Add(values, "FILE_DEFAULT", ability.FileId);
        Add(values, "SPACE_DEFAULT", ability.SpaceId);
        return values;
    }

    private static void Add(Dictionary<string, string> values, string name, string? value)
    {
        if (value is not null)
            values[name] = value;
    }
}
