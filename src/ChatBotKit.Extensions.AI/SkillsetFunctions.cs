using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>Creates functions from the abilities of a skillset, which any chat client can offer to its model.</summary>
public static class SkillsetFunctions
{
    /// <summary>Reads the abilities of a skillset and creates a function for each enabled one. The API executes the abilities.</summary>
    /// <param name="api">The API, which the functions keep using.</param>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="contactId">The id of the contact on whose behalf the abilities run; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>
    /// The functions, oldest ability first. Characters that are not allowed in the names of functions are replaced by _.
    /// </returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the skillset does not exist.</exception>
    public static async Task<IReadOnlyList<AIFunction>> CreateAsync(
        ChatBotKitApi api, string skillsetId, string? contactId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentException.ThrowIfNullOrEmpty(skillsetId);
        var functions = new List<AIFunction>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var all = api.Skillset.Ability.ListAsync(skillsetId, new ListRequest { Order = ListOrder.Ascending }, CancellationToken.None);
        await foreach (var ability in all.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (ability.State is null || ability.State == State.Enabled)
                functions.Add(new AbilityFunction(api.Skillset.Ability, skillsetId, ability, contactId, NameOf(ability, names)));
        }
        return functions;
    }

    private static string NameOf(AbilityItem ability, HashSet<string> taken)
    {
        var plain = FunctionNames.Fit(ability.Name ?? "", "ability_");
        var name = plain;
        for (var number = 2; !taken.Add(name); number++)
            name = FunctionNames.WithSuffix(plain, $"_{number}");
        return name;
    }
}
