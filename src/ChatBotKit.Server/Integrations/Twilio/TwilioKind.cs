using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Twilio;

internal static class TwilioKind
{
    public const string Name = "integration.twilio";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationTwilioItem, IntegrationTwilioCreateRequest, IntegrationTwilioUpdateRequest>(Name, "/integration/twilio")
        {
            References = ChatIntegrations.References,
            Secrets = [new("authToken")],
            Defaults = ChatIntegrations.Defaults(new() { ["allowFrom"] = ChatIntegrations.Everybody }),
            CheckItem = ChatIntegrations.Check,
        };
}
