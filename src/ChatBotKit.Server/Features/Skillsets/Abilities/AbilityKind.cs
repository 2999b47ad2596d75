using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Skillsets.Abilities;

internal static class AbilityKind
{
    public const string Name = "ability";

    public static ResourceKind Create() =>
        new ResourceKind<AbilityItem, AbilityCreateRequest, AbilityUpdateRequest>(Name, "/skillset/{skillsetId}/ability")
        {
            Parent = SkillsetKind.Name,
            References =
            [
                new("secretId", "secret") { OtherName = "linkedSecretId" },
                new("fileId", "file") { OtherName = "linkedFileId" },
                new("botId", "bot") { OtherName = "linkedBotId" },
                new("spaceId", "space") { OtherName = "linkedSpaceId" },
            ],
            Defaults = new() { ["instruction"] = "" },
        };
}
