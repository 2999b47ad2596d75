using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Spaces;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Spaces;

/// <summary>Finds the space of a call: the one that <c>spaceId</c> names, or the linked one.</summary>
internal static class SpaceOfCall
{
    /// <exception cref="AbilityException">There is none.</exception>
    public static Task<ResourceRow> FindAsync(ActionResources resources, AbilityCall call, CancellationToken cancellationToken)
    {
        var address = call.TextOf("spaceId") ?? call.Ability.SpaceId ?? throw new AbilityException("The ability has no space.");
        return resources.GetAsync(SpaceKind.Name, address, call.Scope.AccountId, cancellationToken);
    }
}
