using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>An ability that the API executes. It has one argument, because an ability takes free text or JSON.</summary>
internal sealed class AbilityFunction(AbilityClient abilities, string skillsetId, AbilityItem ability, string? contactId, string name) : AIFunction
{
    private const string Input = "input";

    private static readonly JsonElement Schema = JsonElement.Parse("""
        {
            "type": "object",
            "properties": {
                "input": { "type": "string", "description": "The request to the ability, in words or as JSON with the required fields." }
            },
            "required": ["input"]
        }
        """);

    public override string Name { get; } = name;

    public override string Description { get; } = ability.Description ?? "";

    public override JsonElement JsonSchema => Schema;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } =
        new Dictionary<string, object?> { ["skillsetId"] = skillsetId, ["abilityId"] = ability.Id };

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var request = new AbilityExecuteRequest { Input = InputOf(arguments), ContactId = contactId };
        var answer = await abilities.ExecuteAsync(skillsetId, ability.Id, request, cancellationToken).ConfigureAwait(false);
        // The model can react to a failed ability, but not to a failed call.
        return answer.Error is { } error ? new JsonObject { ["error"] = error } : answer.Result;
    }

    /// <summary>Accepts the fields themselves in place of the argument, as some models send them.</summary>
    private static string InputOf(AIFunctionArguments arguments)
    {
        if (!arguments.TryGetValue(Input, out var input) || arguments.Count > 1)
            return FunctionJson.ToText(FunctionJson.WriteArguments(arguments));
        var node = FunctionJson.ToNode(input);
        return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : FunctionJson.ToText(node);
    }
}
