using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>An event of the account. Only the ids of the resources that it is about are set.</summary>
public sealed record EventLogItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the type of the event, such as <c>conversation.create</c>. A server may send other types.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the title of the event.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the event.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the conversation that the event is about.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the task that the event is about.</summary>
    public string? TaskId { get; init; }

    /// <summary>Gets the contact that the event is about.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the blueprint that the event is about.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the bot that the event is about.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the dataset that the event is about.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the record that the event is about.</summary>
    public string? RecordId { get; init; }

    /// <summary>Gets the skillset that the event is about.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets the ability that the event is about.</summary>
    public string? AbilityId { get; init; }

    /// <summary>Gets the file that the event is about.</summary>
    public string? FileId { get; init; }

    /// <summary>Gets the secret that the event is about.</summary>
    public string? SecretId { get; init; }

    /// <summary>Gets the portal that the event is about.</summary>
    public string? PortalId { get; init; }

    /// <summary>Gets the widget integration that the event is about.</summary>
    public string? WidgetIntegrationId { get; init; }

    /// <summary>Gets the Slack integration that the event is about.</summary>
    public string? SlackIntegrationId { get; init; }

    /// <summary>Gets the Discord integration that the event is about.</summary>
    public string? DiscordIntegrationId { get; init; }

    /// <summary>Gets the Microsoft Teams integration that the event is about.</summary>
    public string? MicrosoftteamsIntegrationId { get; init; }

    /// <summary>Gets the Google Chat integration that the event is about.</summary>
    public string? GooglechatIntegrationId { get; init; }

    /// <summary>Gets the WhatsApp integration that the event is about.</summary>
    public string? WhatsappIntegrationId { get; init; }

    /// <summary>Gets the Messenger integration that the event is about.</summary>
    public string? MessengerIntegrationId { get; init; }

    /// <summary>Gets the Telegram integration that the event is about.</summary>
    public string? TelegramIntegrationId { get; init; }

    /// <summary>Gets the Twilio integration that the event is about.</summary>
    public string? TwilioIntegrationId { get; init; }

    /// <summary>Gets the e-mail integration that the event is about.</summary>
    public string? EmailIntegrationId { get; init; }

    /// <summary>Gets the sitemap integration that the event is about.</summary>
    public string? SitemapIntegrationId { get; init; }

    /// <summary>Gets the Notion integration that the event is about.</summary>
    public string? NotionIntegrationId { get; init; }

    /// <summary>Gets the trigger integration that the event is about.</summary>
    public string? TriggerIntegrationId { get; init; }

    /// <summary>Gets the support integration that the event is about.</summary>
    public string? SupportIntegrationId { get; init; }

    /// <summary>Gets the extract integration that the event is about.</summary>
    public string? ExtractIntegrationId { get; init; }

    /// <summary>Gets the MCP server integration that the event is about.</summary>
    public string? McpserverIntegrationId { get; init; }

    /// <summary>Gets the GitHub integration that the event is about; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GithubIntegrationId { get; init; }

    /// <summary>Gets the Instagram integration that the event is about; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InstagramIntegrationId { get; init; }

    /// <summary>Gets the skill server integration that the event is about; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SkillserverIntegrationId { get; init; }

    /// <summary>Gets the webhook that the event is about.</summary>
    public string? WebhookId { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when it happened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the entry was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
