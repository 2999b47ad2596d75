using System.Security.Cryptography;
using System.Text;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Writing;

/// <summary>
/// Keeps the instructions that a model wrote for abilities in plain words. Each is written when the ability is used for the first time, and
/// stored beside the document, as credentials are, so that reading and updating the ability never shows or loses it. It begins with the
/// hash of the words, because other words need another instruction.
/// </summary>
internal sealed class AutomaticInstructions(IStore store, ResourceSecrets secrets, InstructionWriter writer)
{
    /// <summary>The name of the instruction among the credentials. Updates keep it, because no field of the kind has the name.</summary>
    public const string Field = "generated.instruction";

    /// <summary>Returns the instruction of a stored ability.</summary>
    /// <exception cref="AbilityException">There is no language model, or it wrote nothing that can be executed.</exception>
    public async Task<Instruction> FindAsync(Ability ability, UsageCounter usage, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ability.Instruction)));
        var row = await store.QueryAsync(db => db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, ability.Id, AbilityKind.Name), cancellationToken);
        if (row is not null && Stored(row) is { } stored && stored.StartsWith(hash, StringComparison.Ordinal))
            return InstructionParser.Parse(stored[hash.Length..]);
        var written = await writer.ForAllCallsAsync(ability, usage, cancellationToken);
        if (row is not null)
            await StoreAsync(row, hash + written, cancellationToken);
        return InstructionParser.Parse(written);
    }

    private string? Stored(ResourceRow row)
    {
        try
        {
            return secrets.Reveal(row, Field);
        }
        catch (CryptographicException)
        {
            // The key is lost, so a model writes the instruction again.
            return null;
        }
    }

    /// <summary>Stores the instruction unless the ability was changed meanwhile; the next use of it then writes another.</summary>
    private async Task StoreAsync(ResourceRow row, string text, CancellationToken cancellationToken)
    {
        var changed = row with { Secrets = secrets.With(row, Field, text) };
        await store.ChangeAsync(db => ResourceStore.ChangeAsync(db, changed), cancellationToken);
    }
}
