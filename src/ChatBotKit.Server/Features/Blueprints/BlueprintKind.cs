using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints;

internal static class BlueprintKind
{
    public const string Name = ResourceKind.Blueprint;

    public static ResourceKind Create() => new ResourceKind<BlueprintItem, BlueprintCreateRequest, BlueprintUpdateRequest>(Name, "/blueprint")
    {
        // A copy of a blueprint is a copy of its resources too, and its end may be theirs.
        Except = [ResourceVerb.Clone, ResourceVerb.Delete],
    };
}
