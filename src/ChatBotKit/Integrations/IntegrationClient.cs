namespace ChatBotKit;

/// <summary>
/// Provides the integrations that connect bots, datasets and skillsets with other services: one property for each kind.
/// </summary>
public class IntegrationClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected IntegrationClient()
    {
    }

    /// <summary>Gets the chat windows in web pages.</summary>
    public virtual IntegrationWidgetClient Widget => field ??= new IntegrationWidgetClient(this);

    /// <summary>Gets the integrations that connect bots to Slack.</summary>
    public virtual IntegrationSlackClient Slack => field ??= new IntegrationSlackClient(this);

    /// <summary>Gets the integrations that connect bots to Discord.</summary>
    public virtual IntegrationDiscordClient Discord => field ??= new IntegrationDiscordClient(this);

    /// <summary>Gets the integrations that connect bots to Telegram.</summary>
    public virtual IntegrationTelegramClient Telegram => field ??= new IntegrationTelegramClient(this);

    /// <summary>Gets the integrations that connect bots to WhatsApp.</summary>
    public virtual IntegrationWhatsAppClient WhatsApp => field ??= new IntegrationWhatsAppClient(this);

    /// <summary>Gets the integrations that connect bots to Facebook Messenger.</summary>
    public virtual IntegrationMessengerClient Messenger => field ??= new IntegrationMessengerClient(this);

    /// <summary>Gets the integrations that connect bots to Instagram.</summary>
    public virtual IntegrationInstagramClient Instagram => field ??= new IntegrationInstagramClient(this);

    /// <summary>Gets the integrations that connect bots to text messages and calls.</summary>
    public virtual IntegrationTwilioClient Twilio => field ??= new IntegrationTwilioClient(this);

    /// <summary>Gets the integrations that connect bots to e-mail.</summary>
    public virtual IntegrationEmailClient Email => field ??= new IntegrationEmailClient(this);

    /// <summary>Gets the integrations that connect bots to Google Chat.</summary>
    public virtual IntegrationGoogleChatClient GoogleChat => field ??= new IntegrationGoogleChatClient(this);

    /// <summary>Gets the integrations that connect bots to Microsoft Teams.</summary>
    public virtual IntegrationMicrosoftTeamsClient MicrosoftTeams => field ??= new IntegrationMicrosoftTeamsClient(this);

    /// <summary>Gets the integrations that connect bots to online meetings.</summary>
    public virtual IntegrationRecallClient Recall => field ??= new IntegrationRecallClient(this);

    /// <summary>Gets the integrations that start bots, on a schedule or on a call of another program.</summary>
    public virtual IntegrationTriggerClient Trigger => field ??= new IntegrationTriggerClient(this);

    /// <summary>Gets the integrations that hand conversations over to people.</summary>
    public virtual IntegrationSupportClient Support => field ??= new IntegrationSupportClient(this);

    /// <summary>Gets the extractions of data.</summary>
    public virtual IntegrationExtractClient Extract => field ??= new IntegrationExtractClient(this);

    /// <summary>Gets the integrations that fill datasets from web sites.</summary>
    public virtual IntegrationSitemapClient Sitemap => field ??= new IntegrationSitemapClient(this);

    /// <summary>Gets the integrations that fill datasets from Notion.</summary>
    public virtual IntegrationNotionClient Notion => field ??= new IntegrationNotionClient(this);

    /// <summary>Gets the skillsets that are offered over the Model Context Protocol.</summary>
    public virtual IntegrationMcpServerClient McpServer => field ??= new IntegrationMcpServerClient(this);

    /// <summary>Gets the skillsets that are offered over plain HTTP.</summary>
    public virtual IntegrationSkillServerClient SkillServer => field ??= new IntegrationSkillServerClient(this);
}
