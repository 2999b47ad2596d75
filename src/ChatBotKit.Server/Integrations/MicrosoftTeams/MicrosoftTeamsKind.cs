using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.MicrosoftTeams;

internal static class MicrosoftTeamsKind
{
    public const string Name = "integration.microsoftteams";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationMicrosoftTeamsItem, IntegrationMicrosoftTeamsCreateRequest, IntegrationMicrosoftTeamsUpdateRequest>(Name, "/integration/microsoftteams")
        {
            References = ChatIntegrations.References,
            Secrets = [new("botFrameworkAppSecret"), new("tenantId")],
            Defaults = ChatIntegrations.Defaults(new() { ["allowFrom"] = ChatIntegrations.Everybody }),
            CheckItem = ChatIntegrations.Check,
        };
}
