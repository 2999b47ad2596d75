namespace ChatBotKit;

/// <summary>Specifies which events to list or export. The published API document does not mention the filters, but they work.</summary>
public sealed record EventLogListRequest : ListRequest
{
    /// <summary>Gets the type of the event, such as <c>conversation.create</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Gets the ids of the conversations to filter by, separated by commas.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the ids of the tasks to filter by, separated by commas.</summary>
    public string? TaskId { get; init; }

    /// <summary>Gets the ids of the contacts to filter by, separated by commas.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the ids of the blueprints to filter by, separated by commas.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the ids of the bots to filter by, separated by commas.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the ids of the datasets to filter by, separated by commas.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the ids of the records to filter by, separated by commas.</summary>
    public string? RecordId { get; init; }

    /// <summary>Gets the ids of the skillsets to filter by, separated by commas.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets the ids of the abilities to filter by, separated by commas.</summary>
    public string? AbilityId { get; init; }

    /// <summary>Gets the ids of the files to filter by, separated by commas.</summary>
    public string? FileId { get; init; }

    /// <summary>Gets the ids of the secrets to filter by, separated by commas.</summary>
    public string? SecretId { get; init; }

    /// <summary>Gets the ids of the portals to filter by, separated by commas.</summary>
    public string? PortalId { get; init; }

    /// <summary>Gets the ids of the widget integrations to filter by, separated by commas.</summary>
    public string? WidgetIntegrationId { get; init; }

    /// <summary>Gets the ids of the Slack integrations to filter by, separated by commas.</summary>
    public string? SlackIntegrationId { get; init; }

    /// <summary>Gets the ids of the Discord integrations to filter by, separated by commas.</summary>
    public string? DiscordIntegrationId { get; init; }

    /// <summary>Gets the ids of the Microsoft Teams integrations to filter by, separated by commas.</summary>
    public string? MicrosoftteamsIntegrationId { get; init; }

    /// <summary>Gets the ids of the Google Chat integrations to filter by, separated by commas.</summary>
    public string? GooglechatIntegrationId { get; init; }

    /// <summary>Gets the ids of the WhatsApp integrations to filter by, separated by commas.</summary>
    public string? WhatsappIntegrationId { get; init; }

    /// <summary>Gets the ids of the Messenger integrations to filter by, separated by commas.</summary>
    public string? MessengerIntegrationId { get; init; }

    /// <summary>Gets the ids of the Telegram integrations to filter by, separated by commas.</summary>
    public string? TelegramIntegrationId { get; init; }

    /// <summary>Gets the ids of the Twilio integrations to filter by, separated by commas.</summary>
    public string? TwilioIntegrationId { get; init; }

    /// <summary>Gets the ids of the e-mail integrations to filter by, separated by commas.</summary>
    public string? EmailIntegrationId { get; init; }

    /// <summary>Gets the ids of the sitemap integrations to filter by, separated by commas.</summary>
    public string? SitemapIntegrationId { get; init; }

    /// <summary>Gets the ids of the Notion integrations to filter by, separated by commas.</summary>
    public string? NotionIntegrationId { get; init; }

    /// <summary>Gets the ids of the trigger integrations to filter by, separated by commas.</summary>
    public string? TriggerIntegrationId { get; init; }

    /// <summary>Gets the ids of the support integrations to filter by, separated by commas.</summary>
    public string? SupportIntegrationId { get; init; }

    /// <summary>Gets the ids of the extract integrations to filter by, separated by commas.</summary>
    public string? ExtractIntegrationId { get; init; }

    /// <summary>Gets the ids of the MCP server integrations to filter by, separated by commas.</summary>
    public string? McpserverIntegrationId { get; init; }

    /// <summary>Gets the ids of the GitHub integrations to filter by, separated by commas.</summary>
    public string? GithubIntegrationId { get; init; }

    /// <summary>Gets the ids of the Instagram integrations to filter by, separated by commas.</summary>
    public string? InstagramIntegrationId { get; init; }

    /// <summary>Gets the ids of the skill server integrations to filter by, separated by commas.</summary>
    public string? SkillserverIntegrationId { get; init; }

    /// <summary>Gets the ids of the webhooks to filter by, separated by commas.</summary>
    public string? WebhookId { get; init; }

    /// <summary>
    /// Gets the time of the oldest event. Only the server of this project supports this filter; the hosted service ignores it.
    /// </summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>
    /// Gets the time of the newest event. Only the server of this project supports this filter; the hosted service ignores it.
    /// </summary>
    public DateTimeOffset? To { get; init; }
}
