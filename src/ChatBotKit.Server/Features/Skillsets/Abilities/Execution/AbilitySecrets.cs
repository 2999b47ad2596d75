using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Secrets;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>Finds the secrets that instructions name.</summary>
internal sealed class AbilitySecrets(IStore store, ISecretValues values)
{
    private const string Linked = Slot.SecretPrefix + "DEFAULT";
    private const int MaxSecrets = 1_000;

    /// <summary>Returns the text of a secret for a header.</summary>
    /// <param name="call">The call.</param>
    /// <param name="name">The name in the instruction: <c>SECRET_DEFAULT</c> for the linked secret, or that of a secret of the owner.</param>
    /// <param name="cancellationToken">The token that cancels the search.</param>
    /// <exception cref="AbilityException">There is no such secret, or it has no value.</exception>
    public async Task<string> FindAsync(AbilityCall call, string name, CancellationToken cancellationToken)
    {
        var ability = call.Ability;
        var row = await store.QueryAsync(
            async db => name != Linked ? await FindNamedAsync(db, ability.OwnerId, name[Slot.SecretPrefix.Length..])
                : ability.SecretId is null ? null
                : await db.FindUsableAsync(SecretKinds.Name, ability.SecretId, ability.OwnerId),
            cancellationToken);
        if (row is null)
            throw new AbilityException(name == Linked ? "The ability has no secret." : $"The owner of the ability has no secret for {name}.");
        // A skillset can be used by other accounts; a secret of its owner can only if it is open to them too.
        var value = await values.FindAsync(call.Scope.AccountId, row.Id, call.Scope.ContactId, cancellationToken);
        if (value.Header is { } header)
        {
            call.Mask.Add(header);
            return header;
        }

        // The address of a personal secret is for the person who talks with the bot, that of a shared one is for the owner alone.
        var url = IsPersonal(row) ? value.Url : null;
        throw new AbilityException(url is null ? value.Reason! : $"{value.Reason} The user can give access at {url}");
    }

    private static bool IsPersonal(ResourceRow row)
    {
        using var document = JsonDocument.Parse(row.Data, JsonRules.Stored);
        return document.RootElement.TryGetProperty("kind", out var kind) && kind.ValueEquals(SecretKind.Personal.Value);
    }

    private static async ValueTask<ResourceRow?> FindNamedAsync(ISqlSession db, string ownerId, string name)
    {
        var rows = await db.ListAsync(
            ResourceTable.Rows, """WHERE "AccountId" = $1 AND "Kind" = $2 ORDER BY "CreatedAt", "Id" LIMIT $3""", ownerId, SecretKinds.Name, MaxSecrets);
        return rows.Find(row => Normalize(NameOf(row)) == name);
    }

    /// <summary>Returns the name of a secret as instructions write it: in capitals, with an underscore for each run of other characters.</summary>
    public static string Normalize(string name) =>
        string.Join('_', name.ToUpperInvariant().Split([.. name.ToUpperInvariant().Where(letter => !char.IsAsciiLetterOrDigit(letter)).Distinct()], StringSplitOptions.RemoveEmptyEntries));

    private static string NameOf(ResourceRow row)
    {
        using var document = JsonDocument.Parse(row.Data, JsonRules.Stored);
        return document.RootElement.TryGetProperty(ResourceFields.Name, out var name) ? name.GetString() ?? "" : "";
    }
}
