using ChatBotKit.Server.Integrations.Discord;
using ChatBotKit.Server.Integrations.Email;
using ChatBotKit.Server.Integrations.Extract;
using ChatBotKit.Server.Integrations.GoogleChat;
using ChatBotKit.Server.Integrations.Instagram;
using ChatBotKit.Server.Integrations.McpServer;
using ChatBotKit.Server.Integrations.Messenger;
using ChatBotKit.Server.Integrations.MicrosoftTeams;
using ChatBotKit.Server.Integrations.Notion;
using ChatBotKit.Server.Integrations.Sitemap;
using ChatBotKit.Server.Integrations.SkillServer;
using ChatBotKit.Server.Integrations.Slack;
using ChatBotKit.Server.Integrations.Support;
using ChatBotKit.Server.Integrations.Telegram;
using ChatBotKit.Server.Integrations.Trigger;
using ChatBotKit.Server.Integrations.Twilio;
using ChatBotKit.Server.Integrations.WhatsApp;
using ChatBotKit.Server.Integrations.Widget;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations;

/// <summary>Every kind of integration.</summary>
internal static class IntegrationDeclarations
{
    public static IReadOnlyList<ResourceKind> All =>
    [
        DiscordKind.Create(),
        EmailKind.Create(),
        ExtractKind.Create(),
        GoogleChatKind.Create(),
        InstagramKind.Create(),
        McpServerKind.Create(),
        MessengerKind.Create(),
        MicrosoftTeamsKind.Create(),
        NotionKind.Create(),
        SitemapKind.Create(),
        SkillServerKind.Create(),
        SlackKind.Create(),
        SupportKind.Create(),
        TelegramKind.Create(),
        TriggerKind.Create(),
        TwilioKind.Create(),
        WhatsAppKind.Create(),
        WidgetKind.Create(),
    ];
}
