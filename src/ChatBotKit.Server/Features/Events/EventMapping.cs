using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Events;

internal static class EventMapping
{
    public static EventLogItem ToItem(this EventEntry entry)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(EventNumbers.TimeOf(entry.Number));
        var item = new EventLogItem
        {
            Id = EventNumbers.IdOf(entry.Number),
            Type = entry.Type,
            Name = NameOf(entry.Type),
            Description = "",
            ConversationId = entry.ConversationId,
            TaskId = entry.TaskId,
            ContactId = entry.ContactId,
            BotId = entry.BotId,
            Meta = MetaJson.Parse(entry.Meta),
            CreatedAt = at,
            UpdatedAt = at,
        };
        return entry.Links.Count == 0 ? item : item.With(entry.Links).WithIntegrations(entry.Links);
    }

    private static EventLogItem With(this EventLogItem item, IReadOnlyList<EventLink> links) => item with
    {
        BlueprintId = links.IdOf("blueprintId"),
        DatasetId = links.IdOf(EventFields.Dataset),
        RecordId = links.IdOf(EventFields.Record),
        SkillsetId = links.IdOf(EventFields.Skillset),
        AbilityId = links.IdOf(EventFields.Ability),
        FileId = links.IdOf(EventFields.File),
        SecretId = links.IdOf("secretId"),
        PortalId = links.IdOf("portalId"),
        WebhookId = links.IdOf("webhookId"),
    };

    private static EventLogItem WithIntegrations(this EventLogItem item, IReadOnlyList<EventLink> links) => item with
    {
        WidgetIntegrationId = links.IdOf("widgetIntegrationId"),
        SlackIntegrationId = links.IdOf("slackIntegrationId"),
        DiscordIntegrationId = links.IdOf("discordIntegrationId"),
        MicrosoftteamsIntegrationId = links.IdOf("microsoftteamsIntegrationId"),
        GooglechatIntegrationId = links.IdOf("googlechatIntegrationId"),
        WhatsappIntegrationId = links.IdOf("whatsappIntegrationId"),
        MessengerIntegrationId = links.IdOf("messengerIntegrationId"),
        TelegramIntegrationId = links.IdOf("telegramIntegrationId"),
        TwilioIntegrationId = links.IdOf("twilioIntegrationId"),
        EmailIntegrationId = links.IdOf("emailIntegrationId"),
        SitemapIntegrationId = links.IdOf("sitemapIntegrationId"),
        NotionIntegrationId = links.IdOf("notionIntegrationId"),
        TriggerIntegrationId = links.IdOf("triggerIntegrationId"),
        SupportIntegrationId = links.IdOf("supportIntegrationId"),
        ExtractIntegrationId = links.IdOf("extractIntegrationId"),
        McpserverIntegrationId = links.IdOf("mcpserverIntegrationId"),
        GithubIntegrationId = links.IdOf("githubIntegrationId"),
        InstagramIntegrationId = links.IdOf("instagramIntegrationId"),
        SkillserverIntegrationId = links.IdOf("skillserverIntegrationId"),
    };

    private static string? IdOf(this IReadOnlyList<EventLink> links, string field)
    {
        foreach (var link in links)
        {
            if (link.Field == field)
                return link.Id;
        }

        return null;
    }

    /// <summary>Returns the title of a type: <c>Bot created</c> for <c>bot.create</c>.</summary>
    private static string NameOf(string type)
    {
        var words = type.Split('.');
        words[^1] = words[^1] switch
        {
            "create" => "created",
            "update" => "updated",
            "delete" => "deleted",
            var other => other,
        };
        words[0] = $"{char.ToUpperInvariant(words[0][0])}{words[0][1..]}";
        return string.Join(' ', words);
    }
}
