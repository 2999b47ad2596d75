using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Skillsets;

internal static class SkillsetKind
{
    public const string Name = "skillset";

    public static ResourceKind Create() => new ResourceKind<SkillsetItem, SkillsetCreateRequest, SkillsetUpdateRequest>(Name, "/skillset")
    {
        NamedBy = [ConversationTable.Skillset],
    };
}
