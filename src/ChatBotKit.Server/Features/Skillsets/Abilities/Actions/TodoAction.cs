using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary><c>todo.manage</c>, <c>todo.read</c> and <c>todo.write</c>: the to-do list of a conversation, which is replaced as a whole.</summary>
internal sealed class TodoAction(ActionState state) : IAbilityAction
{
    private static readonly string[] Statuses = ["pending", "in_progress", "completed"];

    public IReadOnlyList<string> Names { get; } = ["todo.manage", "todo.read", "todo.write"];

    public IReadOnlyList<AbilityField> FieldsOf(string action)
    {
        var item = JsonNode.Parse(
            """{"type":"object","properties":{"id":{"type":"number"},"title":{"type":"string"},"status":{"type":"string","enum":["pending","in_progress","completed"]}},"required":["id","title","status"]}""")!;
        var items = ActionFields.List("items", "The whole list, which replaces the stored one.", item, isRequired: action == "todo.write");
        return action switch
        {
            "todo.read" => [],
            "todo.write" => [items],
            _ => [ActionFields.OneOf("operation", "read returns the list, write replaces it.", "read", "write"), items],
        };
    }

    public Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var isWrite = call.Action == "todo.write" || (call.Action == "todo.manage" && call.Require("operation") == "write");
        if (isWrite && Fault(call.Parameters["items"]) is { } fault)
            return Task.FromResult(AbilityResult.Failed(fault));
        return Task.FromResult(state.Use(call.Scope, "todo", elements =>
        {
            if (isWrite)
            {
                elements.Clear();
                elements.AddRange(call.Parameters["items"]!.AsArray().Select(item => item?.DeepClone()));
            }

            return AbilityResult.Of(new JsonArray([.. elements.Select(element => element?.DeepClone())]));
        }));
    }

    private static string? Fault(JsonNode? items)
    {
        if (items is not JsonArray { Count: <= ActionState.MaxElements } list)
            return $"\"items\" must be a list with at most {ActionState.MaxElements} elements.";
        foreach (var item in list)
        {
            if (item is not JsonObject entry || FieldText.Plain(entry["title"]).Length == 0 || !Statuses.Contains(FieldText.Plain(entry["status"])))
                return $"Each element needs a title and a status, which is one of {string.Join(", ", Statuses)}.";
            if (entry.ToJsonString().Length > ActionState.MaxElement)
                return $"An element may have at most {ActionState.MaxElement} characters.";
        }

        return null;
    }
}
