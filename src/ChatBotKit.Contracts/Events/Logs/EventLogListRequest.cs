namespace ChatBotKit;

/// <summary>
/// Specifies which events to list or export. The filters work although the document of the API does not mention them.
/// </summary>
public sealed record EventLogListRequest : ListRequest
{
    /// <summary>Gets what happened, such as <c>conversation.create</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Gets the conversations, as ids with commas between.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the tasks, as ids with commas between.</summary>
    public string? TaskId { get; init; }

    /// <summary>Gets the contacts, as ids with commas between.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the blueprints, as ids with commas between.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the bots, as ids with commas between.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the datasets, as ids with commas between.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the records, as ids with commas between.</summary>
    public string? RecordId { get; init; }

    /// <summary>Gets the skillsets, as ids with commas between.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets the abilities, as ids with commas between.</summary>
    public string? AbilityId { get; init; }

    /// <summary>Gets the files, as ids with commas between.</summary>
    public string? FileId { get; init; }

    /// <summary>Gets the secrets, as ids with commas between.</summary>
    public string? SecretId { get; init; }

    /// <summary>Gets the portals, as ids with commas between.</summary>
    public string? PortalId { get; init; }

    /// <summary>Gets the widget integrations, as ids with commas between.</summary>
    public string? WidgetIntegrationId { get; init; }

    /// <summary>Gets the Slack integrations, as ids with commas between.</summary>
    public string? SlackIntegrationId { get; init; }

    /// <summary>Gets the Discord integrations, as ids with commas between.</summary>
    public string? DiscordIntegrationId { get; init; }

    /// <summary>Gets the Microsoft Teams integrations, as ids with commas between.</summary>
    public string? MicrosoftteamsIntegrationId { get; init; }

    /// <summary>Gets the Google Chat integrations, as ids with commas between.</summary>
    public string? GooglechatIntegrationId { get; init; }

    /// <summary>Gets the WhatsApp integrations, as ids with commas between.</summary>
    public string? WhatsappIntegrationId { get; init; }

    /// <summary>Gets the Messenger integrations, as ids with commas between.</summary>
    public string? MessengerIntegrationId { get; init; }

    /// <summary>Gets the Telegram integrations, as ids with commas between.</summary>
    public string? TelegramIntegrationId { get; init; }

    /// <summary>Gets the Twilio integrations, as ids with commas between.</summary>
    public string? TwilioIntegrationId { get; init; }

    /// <summary>Gets the e-mail integrations, as ids with commas between.</summary>
    public string? EmailIntegrationId { get; init; }

    /// <summary>Gets the sitemap integrations, as ids with commas between.</summary>
    public string? SitemapIntegrationId { get; init; }

    /// <summary>Gets the Notion integrations, as ids with commas between.</summary>
    public string? NotionIntegrationId { get; init; }

    /// <summary>Gets the trigger integrations, as ids with commas between.</summary>
    public string? TriggerIntegrationId { get; init; }

    /// <summary>Gets the support integrations, as ids with commas between.</summary>
    public string? SupportIntegrationId { get; init; }

    /// <summary>Gets the extract integrations, as ids with commas between.</summary>
    public string? ExtractIntegrationId { get; init; }

    /// <summary>Gets the MCP server integrations, as ids with commas between.</summary>
    public string? McpserverIntegrationId { get; init; }

    /// <summary>Gets the GitHub integrations, as ids with commas between.</summary>
    public string? GithubIntegrationId { get; init; }

    /// <summary>Gets the Instagram integrations, as ids with commas between.</summary>
    public string? InstagramIntegrationId { get; init; }

    /// <summary>Gets the skill server integrations, as ids with commas between.</summary>
    public string? SkillserverIntegrationId { get; init; }

    /// <summary>Gets the webhooks, as ids with commas between.</summary>
    public string? WebhookId { get; init; }
}
