using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Integrations.Discord;
using ChatBotKit.Server.Integrations.Email;
using ChatBotKit.Server.Integrations.GoogleChat;
using ChatBotKit.Server.Integrations.Instagram;
using ChatBotKit.Server.Integrations.Messenger;
using ChatBotKit.Server.Integrations.MicrosoftTeams;
using ChatBotKit.Server.Integrations.Notion;
using ChatBotKit.Server.Integrations.Slack;
using ChatBotKit.Server.Integrations.Telegram;
using ChatBotKit.Server.Integrations.Trigger;
using ChatBotKit.Server.Integrations.Twilio;
using ChatBotKit.Server.Integrations.WhatsApp;

namespace ChatBotKit.Server.Features.Vendors;

/// <summary>The endpoints of integrations that need the service of a vendor.</summary>
internal static class VendorEndpoints
{
    public static void MapVendors(this IEndpointRouteBuilder app) => app.MapApi(api =>
    {
        MapMessengers(api);
        MapWorkplaces(api);
        MapOthers(api);
    });

    private static void MapMessengers(RouteGroupBuilder api)
    {
        api.MapSetup("Discord", DiscordKind.Name, "discord", "discordIntegrationId", "setupDiscordIntegration");
        api.MapPost("/integration/discord/{discordIntegrationId}/initiate", (JsonBody<IntegrationDiscordInitiateRequest> body, VendorChannels channels, HttpContext context) =>
                channels.RefuseAsync("Discord", DiscordKind.Name, "discordIntegrationId", context))
            .WithName("initiateDiscord").WithSummary("Is refused: this server does not connect to Discord").Produces<IdResponse>();
        api.MapSetup("Instagram", InstagramKind.Name, "instagram", "instagramIntegrationId", "setupInstagramIntegration");
        api.MapPost("/integration/instagram/{instagramIntegrationId}/initiate", (JsonBody<IntegrationInstagramInitiateRequest> body, VendorChannels channels, HttpContext context) =>
                channels.RefuseAsync("Instagram", InstagramKind.Name, "instagramIntegrationId", context))
            .WithName("initiateInstagram").WithSummary("Is refused: this server does not connect to Instagram").Produces<IdResponse>();
        api.MapSetup("Messenger", MessengerKind.Name, "messenger", "messengerIntegrationId", "setupMessengerIntegration");
        api.MapPost("/integration/messenger/{messengerIntegrationId}/initiate", (JsonBody<IntegrationMessengerInitiateRequest> body, VendorChannels channels, HttpContext context) =>
                channels.RefuseAsync("Messenger", MessengerKind.Name, "messengerIntegrationId", context))
            .WithName("initiateMessenger").WithSummary("Is refused: this server does not connect to Messenger").Produces<IdResponse>();
        api.MapSetup("Telegram", TelegramKind.Name, "telegram", "telegramIntegrationId", "setupTelegramIntegration");
        api.MapPost("/integration/telegram/{telegramIntegrationId}/initiate", (JsonBody<IntegrationTelegramInitiateRequest> body, VendorChannels channels, HttpContext context) =>
                channels.RefuseAsync("Telegram", TelegramKind.Name, "telegramIntegrationId", context))
            .WithName("initiateTelegram").WithSummary("Is refused: this server does not connect to Telegram").Produces<IdResponse>();
        api.MapSetup("WhatsApp", WhatsAppKind.Name, "whatsapp", "whatsappIntegrationId", "setupWhatsAppIntegration");
        api.MapPost("/integration/whatsapp/{whatsappIntegrationId}/initiate", (JsonBody<IntegrationWhatsAppInitiateRequest> body, VendorChannels channels, HttpContext context) =>
                channels.RefuseAsync("WhatsApp", WhatsAppKind.Name, "whatsappIntegrationId", context))
            .WithName("initiateWhatsapp").WithSummary("Is refused: this server does not connect to WhatsApp").Produces<IdResponse>();
    }

    private static void MapWorkplaces(RouteGroupBuilder api)
    {
        api.MapSetup("a mail service", EmailKind.Name, "email", "emailIntegrationId", "setupEmailIntegration");
        api.MapPost("/integration/email/{emailIntegrationId}/initiate", (JsonBody<IntegrationEmailInitiateRequest> body, VendorChannels channels, HttpContext context) =>
                channels.RefuseAsync("a mail service", EmailKind.Name, "emailIntegrationId", context))
            .WithName("initiateEmail").WithSummary("Is refused: this server does not connect to a mail service").Produces<IdResponse>();
        api.MapSetup("Google Chat", GoogleChatKind.Name, "googlechat", "googlechatIntegrationId", "setupGooglechatIntegration");
        api.MapPost("/integration/googlechat/{googlechatIntegrationId}/initiate", (JsonBody<IntegrationGoogleChatInitiateRequest> body, VendorChannels channels, HttpContext context) =>
                channels.RefuseAsync("Google Chat", GoogleChatKind.Name, "googlechatIntegrationId", context))
            .WithName("initiateGooglechat").WithSummary("Is refused: this server does not connect to Google Chat").Produces<IdResponse>();
        api.MapSetup("Microsoft Teams", MicrosoftTeamsKind.Name, "microsoftteams", "microsoftteamsIntegrationId", "setupMicrosoftteamsIntegration");
        api.MapPost("/integration/microsoftteams/{microsoftteamsIntegrationId}/initiate", (JsonBody<IntegrationMicrosoftTeamsInitiateRequest> body, VendorChannels channels, HttpContext context) =>
                channels.RefuseAsync("Microsoft Teams", MicrosoftTeamsKind.Name, "microsoftteamsIntegrationId", context))
            .WithName("initiateTeams").WithSummary("Is refused: this server does not connect to Microsoft Teams").Produces<IdResponse>();
        api.MapSetup("Slack", SlackKind.Name, "slack", "slackIntegrationId", "setupSlackIntegration");
        api.MapPost("/integration/slack/{slackIntegrationId}/initiate", (JsonBody<IntegrationSlackInitiateRequest> body, VendorChannels channels, HttpContext context) =>
                channels.RefuseAsync("Slack", SlackKind.Name, "slackIntegrationId", context))
            .WithName("initiateSlack").WithSummary("Is refused: this server does not connect to Slack").Produces<IdResponse>();
        api.MapSetup("Twilio", TwilioKind.Name, "twilio", "twilioIntegrationId", "setupTwilioIntegration");
        api.MapPost("/integration/twilio/{twilioIntegrationId}/initiate", (JsonBody<IntegrationTwilioInitiateRequest> body, VendorChannels channels, HttpContext context) =>
                channels.RefuseAsync("Twilio", TwilioKind.Name, "twilioIntegrationId", context))
            .WithName("initiateTwilio").WithSummary("Is refused: this server does not connect to Twilio").Produces<IdResponse>();
    }

    private static void MapOthers(RouteGroupBuilder api)
    {
        api.MapPost("/integration/notion/{notionIntegrationId}/sync", (JsonBody<EmptyRequest> body, VendorChannels channels, HttpContext context) =>
                channels.RefuseAsync("Notion", NotionKind.Name, "notionIntegrationId", context))
            .WithName("syncNotionIntegration").WithSummary("Is refused: this server does not connect to Notion").Produces<IdResponse>();
        api.MapPost("/integration/recall/{recallIntegrationId}/initiate", (JsonBody<IntegrationRecallInitiateRequest> body, string recallIntegrationId) => NoRecall())
            .WithName("initiateRecall").WithSummary("Is refused: this server has no integrations with Recall")
            .Produces<IntegrationRecallInitiateResponse>();
        api.MapPost("/integration/trigger/{triggerIntegrationId}/setup", (JsonBody<EmptyRequest> body, VendorChannels channels, HttpContext context) =>
                channels.SetUpAsync(TriggerKind.Name, "triggerIntegrationId", context))
            .WithName("setupTriggerIntegration").WithSummary("Does nothing, because a trigger needs no setup");
    }

    private static void MapSetup(this RouteGroupBuilder api, string vendor, string kind, string path, string parameter, string name) =>
        api.MapPost($"/integration/{path}/{{{parameter}}}/setup", (JsonBody<EmptyRequest> body, VendorChannels channels, HttpContext context) =>
                channels.RefuseAsync(vendor, kind, parameter, context))
            .WithName(name).WithSummary($"Is refused: this server does not connect to {vendor}").Produces<IdResponse>();

    /// <summary>Refuses, because no integration of this kind can be created.</summary>
    private static IResult NoRecall() => throw new ApiException(
        ErrorCode.UnprocessableEntity, "This server does not connect to Recall, and has no integrations with it");
}
