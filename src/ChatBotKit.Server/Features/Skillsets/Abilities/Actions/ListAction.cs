using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary><c>list.push</c>, <c>list.pop</c> and <c>list.read</c>: lists of a conversation.</summary>
internal sealed class ListAction(ActionState state) : IAbilityAction
{
    private const int MaxName = 100;

    public IReadOnlyList<string> Names { get; } = ["list.push", "list.pop", "list.read"];

    public IReadOnlyList<AbilityField> FieldsOf(string action)
    {
        var name = ActionFields.Optional("name", "The name of the list, if there are several.");
        return action == "list.push" ? [name, ActionFields.Required("item", "The new last element.") with { Type = null }] : [name];
    }

    public Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var name = "list\n" + (call.TextOf("name") ?? "");
        if (name.Length > MaxName)
            throw new AbilityException($"The name of a list may have at most {MaxName} characters.");
        var item = call.Parameters["item"];
        return Task.FromResult(state.Use(call.Scope, name, elements => call.Action switch
        {
            "list.push" => Push(elements, item ?? JsonValue.Create(call.Require("item"))),
            "list.pop" => Pop(elements),
            _ => AbilityResult.Of(new JsonArray([.. elements.Select(element => element?.DeepClone())])),
        }));
    }

    private static AbilityResult Push(List<JsonNode?> elements, JsonNode? item)
    {
        if (elements.Count == ActionState.MaxElements)
            return AbilityResult.Failed($"The list already has {ActionState.MaxElements} elements.");
        if (item?.ToJsonString().Length > ActionState.MaxElement)
            return AbilityResult.Failed($"An element may have at most {ActionState.MaxElement} characters.");
        elements.Add(item?.DeepClone());
        return AbilityResult.Of(new JsonObject { ["length"] = elements.Count });
    }

    private static AbilityResult Pop(List<JsonNode?> elements)
    {
        if (elements.Count == 0)
            return AbilityResult.Failed("The list is empty.");
        var last = elements[^1];
        elements.RemoveAt(elements.Count - 1);
        return AbilityResult.Of(last);
    }
}
