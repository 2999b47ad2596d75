using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Events;

internal static class EventMapping
{
    public static EventLogItem ToItem(this EventEntry entry)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(EventNumbers.TimeOf(entry.Number));
        return new EventLogItem
        {
            Id = EventNumbers.IdOf(entry.Number),
            Type = entry.Type,
            Name = NameOf(entry.Type),
            Description = "",
            ConversationId = entry.ConversationId,
            TaskId = entry.TaskId,
            ContactId = entry.ContactId,
            BlueprintId = Link("blueprintId"),
            BotId = entry.BotId,
            DatasetId = Link(EventFields.Dataset),
            RecordId = Link(EventFields.Record),
            SkillsetId = Link(EventFields.Skillset),
            AbilityId = Link(EventFields.Ability),
            FileId = Link(EventFields.File),
            SecretId = Link("secretId"),
            PortalId = Link("portalId"),
            WidgetIntegrationId = Link("widgetIntegrationId"),
            SlackIntegrationId = Link("slackIntegrationId"),
            DiscordIntegrationId = Link("discordIntegrationId"),
            MicrosoftteamsIntegrationId = Link("microsoftteamsIntegrationId"),
            GooglechatIntegrationId = Link("googlechatIntegrationId"),
            WhatsappIntegrationId = Link("whatsappIntegrationId"),
            MessengerIntegrationId = Link("messengerIntegrationId"),
            TelegramIntegrationId = Link("telegramIntegrationId"),
            TwilioIntegrationId = Link("twilioIntegrationId"),
            EmailIntegrationId = Link("emailIntegrationId"),
            SitemapIntegrationId = Link("sitemapIntegrationId"),
            NotionIntegrationId = Link("notionIntegrationId"),
            TriggerIntegrationId = Link("triggerIntegrationId"),
            SupportIntegrationId = Link("supportIntegrationId"),
            ExtractIntegrationId = Link("extractIntegrationId"),
            McpserverIntegrationId = Link("mcpserverIntegrationId"),
            GithubIntegrationId = Link("githubIntegrationId"),
            InstagramIntegrationId = Link("instagramIntegrationId"),
            SkillserverIntegrationId = Link("skillserverIntegrationId"),
            WebhookId = Link("webhookId"),
            Meta = MetaJson.Parse(entry.Meta),
            CreatedAt = at,
            UpdatedAt = at,
        };

        string? Link(string field)
        {
            foreach (var link in entry.Links)
            {
                if (link.Field == field)
                    return link.Id;
            }

            return null;
        }
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
