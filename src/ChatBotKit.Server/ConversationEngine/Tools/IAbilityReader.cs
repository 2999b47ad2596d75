using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Finds the abilities of runs, which become functions that the server executes.</summary>
internal interface IAbilityReader
{
    /// <summary>Returns the functions of the enabled abilities of a skillset, and of the abilities of the request.</summary>
    /// <param name="skillsetId">The id of the skillset; null for none.</param>
    /// <param name="inline">The abilities of the request.</param>
    /// <param name="scope">The run. Its account must be allowed to use the skillset.</param>
    /// <param name="cancellationToken">The token that cancels the search when the run is aborted.</param>
    /// <exception cref="StoreUnavailableException">The database can't be read.</exception>
    Task<IReadOnlyList<ServedFunction>> FunctionsAsync(
        string? skillsetId, IReadOnlyList<InlineAbility> inline, FunctionScope scope, CancellationToken cancellationToken);
}

/// <summary>An ability of a request.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">The description for the model.</param>
/// <param name="Instruction">The instruction.</param>
internal sealed record InlineAbility(string Name, string Description, string Instruction)
{
    /// <summary>The id or alias of the secret; null for none.</summary>
    public string? Secret { get; init; }

    /// <summary>The id or alias of the space; null for none.</summary>
    public string? Space { get; init; }
}

/// <summary>Loads the functions of the abilities of a run.</summary>
internal static class RunAbilities
{
    private static readonly IReadOnlyList<ServedFunction> None = [];

    /// <summary>Returns the functions of a run. Nothing is read when the run has no abilities.</summary>
    public static async Task<IReadOnlyList<ServedFunction>> LoadAsync(
        IAbilityReader? abilities, RunInput input, Persona persona, FunctionScope scope, CancellationToken abort)
    {
        var skillsetId = persona.SkillsetId is "" or Persona.NoReference ? null : persona.SkillsetId;
        if (abilities is null || (skillsetId is null && input.Abilities.Count == 0))
            return None;
        try
        {
            return await abilities.FunctionsAsync(skillsetId, input.Abilities, scope, abort);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // The loop reports the abortion before it needs a function.
            return None;
        }
    }
}
