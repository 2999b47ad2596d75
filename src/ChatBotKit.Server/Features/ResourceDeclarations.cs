using ChatBotKit.Server.Features.Blueprints;
using ChatBotKit.Server.Features.Bots;
using ChatBotKit.Server.Features.Datasets;
using ChatBotKit.Server.Features.Secrets;
using ChatBotKit.Server.Features.Skillsets;
using ChatBotKit.Server.Features.Skillsets.Abilities;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features;

/// <summary>Every kind of resources that the kit serves.</summary>
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
    ];
}
