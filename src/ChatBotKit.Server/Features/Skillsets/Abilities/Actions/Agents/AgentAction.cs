using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Agents;

/// <summary><c>agent.spawn</c> and <c>agent.execute</c>: an agent that exists for one answer, with a backstory of the instruction or the model.</summary>
internal sealed class AgentAction(AgentRuns agents) : IAbilityAction
{
    private const int MaxText = 100_000;

    public IReadOnlyList<string> Names { get; } = ["agent.spawn", "agent.execute"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) =>
    [
        ActionFields.Required("backstory", "The role of the agent, and how it is to work."),
        ActionFields.Required("instructions", "What the agent is to do, with everything that it needs for it."),
        ActionFields.Optional("@model", "The model."),
    ];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var text = call.TextOf("instructions") ?? call.TextOf("@instructions") ?? throw new AbilityException("The parameter \"instructions\" is missing.");
        var persona = new Persona(call.TextOf("@model") ?? call.TextOf("model"), call.TextOf("backstory"))
        {
            SkillsetId = call.TextOf("skillsetId"),
            DatasetId = call.TextOf("datasetId"),
        };
        if (text.Length > MaxText || persona.Backstory?.Length > MaxText)
            return AbilityResult.Failed($"A text may have at most {MaxText} characters.");
        return AbilityResult.Of(JsonValue.Create(await agents.AskAsync(call, persona, botId: null, text, cancellationToken)));
    }
}
