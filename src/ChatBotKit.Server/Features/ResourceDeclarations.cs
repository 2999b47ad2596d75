using ChatBotKit.Server.Features.Blueprints;
using ChatBotKit.Server.Features.Bots;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Datasets;
using ChatBotKit.Server.Features.Files;
using ChatBotKit.Server.Features.Memories;
using ChatBotKit.Server.Features.Partners.Users.Contexts;
using ChatBotKit.Server.Features.Policies;
using ChatBotKit.Server.Features.Portals;
using ChatBotKit.Server.Features.Secrets;
using ChatBotKit.Server.Features.Skillsets;
using ChatBotKit.Server.Features.Skillsets.Abilities;
using ChatBotKit.Server.Features.Spaces;
using ChatBotKit.Server.Features.Spaces.Sites;
using ChatBotKit.Server.Features.Tasks;
using ChatBotKit.Server.Integrations;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features;

/// <summary>The declarations of all kinds of resources that the kit serves.</summary>
internal static class ResourceDeclarations
{
    public static IReadOnlyList<ResourceKind> All =>
    [
        BlueprintKind.Create(),
        BotKind.Create(),
        DatasetKind.Create(),
        SkillsetKind.Create(),
        AbilityKind.Create(),
        SecretKinds.Create(),
        ContactKind.Create(),
        MemoryKind.Create(),
        FileKind.Create(),
        SpaceKind.Create(),
        SiteKind.Create(),
        TaskKind.Create(),
        PolicyKind.Create(),
        PortalKind.Create(),
        PartnerUserContextKind.Create(),
        .. IntegrationDeclarations.All,
    ];
}
