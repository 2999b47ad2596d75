using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints;

internal static class BlueprintKind
{
    public const string Name = ResourceKind.Blueprint;

    public static ResourceKind Create() => new ResourceKind<BlueprintItem, BlueprintCreateRequest, BlueprintUpdateRequest>(Name, "/blueprint")
    {
        // Cloning a blueprint also clones its resources, and deleting it may also delete them.
        Except = [ResourceVerb.Clone, ResourceVerb.Delete],
    };
}
