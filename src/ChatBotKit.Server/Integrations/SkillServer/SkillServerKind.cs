using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.SkillServer;

internal static class SkillServerKind
{
    public const string Name = "integration.skillserver";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationSkillServerItem, IntegrationSkillServerCreateRequest, IntegrationSkillServerUpdateRequest>(Name, "/integration/skillserver")
        {
            References = [new("skillsetId", "skillset")],
            Secrets = [new("accessToken") { IsServerMade = true }],
        };
}
