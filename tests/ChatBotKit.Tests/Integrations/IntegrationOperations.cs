namespace ChatBotKit.Tests;

internal static class IntegrationOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationDiscordOperations.All,
        .. IntegrationEmailOperations.All,
        .. IntegrationExtractOperations.All,
        .. IntegrationGoogleChatOperations.All,
        .. IntegrationInstagramOperations.All,
        .. IntegrationMcpServerOperations.All,
        .. IntegrationMessengerOperations.All,
        .. IntegrationMicrosoftTeamsOperations.All,
        .. IntegrationNotionOperations.All,
        .. IntegrationRecallOperations.All,
        .. IntegrationSitemapOperations.All,
        .. IntegrationSkillServerOperations.All,
        .. IntegrationSlackOperations.All,
        .. IntegrationSupportOperations.All,
        .. IntegrationTelegramOperations.All,
        .. IntegrationTriggerOperations.All,
        .. IntegrationTwilioOperations.All,
        .. IntegrationWhatsAppOperations.All,
        .. IntegrationWidgetOperations.All,
    ];
}
