using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Functions;

/// <summary>Makes functions of the abilities of a run.</summary>
internal sealed class AbilityReader(IStore store, AbilityExecutor executor, AbilityOptions options) : IAbilityReader
{
    public async Task<IReadOnlyList<ServedFunction>> FunctionsAsync(
        string? skillsetId, IReadOnlyList<InlineAbility> inline, FunctionScope scope, CancellationToken cancellationToken)
    {
        var stored = skillsetId is null ? [] : await store.QueryAsync(db => ReadAsync(db, skillsetId, scope.AccountId), cancellationToken);
        var (functions, names) = (new List<ServedFunction>(), new HashSet<string>(StringComparer.Ordinal) { ToolSet.SearchName });
        foreach (var ability in stored.Concat(inline.Select(one => Ability.Of(one, scope.AccountId))))
        {
            var prepared = await executor.PrepareAsync(ability, scope.Usage, cancellationToken);
            if (prepared.Action is not IAbilityFunctions)
            {
                functions.Add(FunctionOf(prepared, names));
                continue;
            }

            foreach (var function in await executor.ListAsync(prepared, scope, cancellationToken))
                functions.Add(FunctionOf(prepared, function, names));
        }

        return functions;
    }

    private async ValueTask<IReadOnlyList<Ability>> ReadAsync(ISqlSession db, string skillsetId, string accountId)
    {
        if (await db.FindUsableAsync(SkillsetKind.Name, skillsetId, accountId) is not { } skillset || !IsEnabled(skillset))
            return [];
        var rows = await db.ListAsync(
            ResourceTable.Rows, """WHERE "ParentId" = $1 AND "Kind" = $2 ORDER BY "CreatedAt", "Id" LIMIT $3""", skillset.Id, AbilityKind.Name, options.MaxAbilities);
        return [.. rows.Select(Ability.Of).Where(ability => ability.IsEnabled)];
    }

    private static bool IsEnabled(ResourceRow skillset)
    {
        using var document = JsonDocument.Parse(skillset.Data, JsonRules.Stored);
        return Ability.IsEnabledIn(document.RootElement);
    }

    private ServedFunction FunctionOf(PreparedAbility ability, HashSet<string> names) => new()
    {
        Name = FunctionNames.Free(FunctionNames.Of(ability.Ability.Name), names),
        Description = FunctionNames.Describe(ability.Ability.Name, ability.Ability.Description),
        Parameters = ParameterSchema.Of(ability.OfferedFields),
        Runner = new AbilityFunctionRunner(ability, function: null, executor, options),
    };

    private ServedFunction FunctionOf(PreparedAbility ability, AbilityFunction function, HashSet<string> names) => new()
    {
        Name = FunctionNames.Free(FunctionNames.Of(function.Name), names),
        Description = FunctionNames.Describe(function.Name, function.Description),
        Parameters = function.Parameters,
        Runner = new AbilityFunctionRunner(ability, function.Name, executor, options),
    };
}
