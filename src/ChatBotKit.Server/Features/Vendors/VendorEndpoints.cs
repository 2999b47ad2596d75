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
using ChatBotKit.Server.Integrations.Twilio;
using ChatBotKit.Server.Integrations.WhatsApp;

namespace ChatBotKit.Server.Features.Vendors;

/// <summary>The endpoints of integrations that need the service of a vendor.</summary>
internal static class VendorEndpoints
{
    private const string Json = "application/json";

    public static void MapVendors(this IEndpointRouteBuilder app) => app.MapApi(api =>
    {
        api.MapChat<IntegrationDiscordInitiateRequest>("Discord", DiscordKind.Name, "discord", "setupDiscordIntegration", "initiateDiscord");
        api.MapChat<IntegrationInstagramInitiateRequest>("Instagram", InstagramKind.Name, "instagram", "setupInstagramIntegration", "initiateInstagram");
        api.MapChat<IntegrationMessengerInitiateRequest>("Messenger", MessengerKind.Name, "messenger", "setupMessengerIntegration", "initiateMessenger");
        api.MapChat<IntegrationTelegramInitiateRequest>("Telegram", TelegramKind.Name, "telegram", "setupTelegramIntegration", "initiateTelegram");
        api.MapChat<IntegrationWhatsAppInitiateRequest>("WhatsApp", WhatsAppKind.Name, "whatsapp", "setupWhatsAppIntegration", "initiateWhatsapp");
        api.MapChat<IntegrationEmailInitiateRequest>("a mail service", EmailKind.Name, "email", "setupEmailIntegration", "initiateEmail");
        api.MapChat<IntegrationGoogleChatInitiateRequest>("Google Chat", GoogleChatKind.Name, "googlechat", "setupGooglechatIntegration", "initiateGooglechat");
        api.MapChat<IntegrationMicrosoftTeamsInitiateRequest>(
            "Microsoft Teams", MicrosoftTeamsKind.Name, "microsoftteams", "setupMicrosoftteamsIntegration", "initiateTeams");
        api.MapChat<IntegrationSlackInitiateRequest>("Slack", SlackKind.Name, "slack", "setupSlackIntegration", "initiateSlack");
        api.MapChat<IntegrationTwilioInitiateRequest>("Twilio", TwilioKind.Name, "twilio", "setupTwilioIntegration", "initiateTwilio");
        api.MapRefusal<EmptyRequest>("Notion", NotionKind.Name, "notion", "sync", "syncNotionIntegration");
        api.MapPost("/integration/recall/{recallIntegrationId}/initiate", (JsonBody<IntegrationRecallInitiateRequest> body, string recallIntegrationId) => NoRecall())
            .WithName("initiateRecall").WithSummary("Is refused: this server has no integrations with Recall")
            .Produces<IntegrationRecallInitiateResponse>();
    });

    private static void MapChat<TInitiate>(this RouteGroupBuilder api, string vendor, string kind, string path, string setup, string initiate)
    {
        api.MapRefusal<EmptyRequest>(vendor, kind, path, "setup", setup);
        api.MapRefusal<TInitiate>(vendor, kind, path, "initiate", initiate);
    }

    private static void MapRefusal<T>(this RouteGroupBuilder api, string vendor, string kind, string path, string verb, string name)
    {
        var parameter = $"{path}IntegrationId";
        RequestDelegate route = async context =>
        {
            await JsonBodyReader.ReadAsync<T>(context, maxBytes: null, context.RequestAborted);
            await context.RequestServices.GetRequiredService<VendorChannels>().RefuseAsync(vendor, kind, parameter, context);
        };
        api.MapPost($"/integration/{path}/{{{parameter}}}/{verb}", route)
            .WithName(name).WithSummary($"Is refused: this server does not connect to {vendor}")
            .WithMetadata(route.Method, new JsonRequest(typeof(T)), new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(IdResponse), [Json]));
    }

    /// <summary>Refuses, because no integration of this kind can be created.</summary>
    private static IResult NoRecall() => throw new ApiException(
        ErrorCode.UnprocessableEntity, "This server does not connect to Recall, and has no integrations with it");
}
