using System.Text;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>The abilities of a skillset as functions, which any chat client can offer to its model.</summary>
public static class SkillsetFunctions
{
    private const int MaxNameLength = 64;

    /// <summary>Reads the abilities of a skillset and makes a function of each that is in use. The API carries them out.</summary>
    /// <param name="api">The API; the functions go on using it.</param>
    /// <param name="skillsetId">The id of the skillset.</param>
    /// <param name="contactId">On whose behalf the abilities are carried out; null for nobody's.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The functions, oldest ability first. Letters that functions may not have in their names are replaced by _.</returns>
    /// <exception cref="ChatBotKitException">The call failed.</exception>
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
        var name = new StringBuilder();
        foreach (var letter in ability.Name ?? "")
            name.Append(char.IsAsciiLetterOrDigit(letter) || letter == '_' ? letter : '_');
        // Models take names that begin with a letter.
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]))
            name.Insert(0, "ability_");
        name.Length = Math.Min(name.Length, MaxNameLength);

        var plain = name.ToString();
        for (var number = 2; !taken.Add(name.ToString()); number++)
        {
            var suffix = $"_{number}";
            name.Clear().Append(plain, 0, Math.Min(plain.Length, MaxNameLength - suffix.Length)).Append(suffix);
        }
        return name.ToString();
    }
}
