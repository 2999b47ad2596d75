using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Memories;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary><c>memory.*</c>: the memories of the account, or of the bot or contact of the run.</summary>
internal sealed class MemoryAction(ActionResources resources) : IAbilityAction
{
    private const string Id = "memoryId";
    private const string Content = "content";

    public IReadOnlyList<string> Names { get; } = ["memory.create", "memory.list", "memory.search", "memory.update", "memory.delete"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => action switch
    {
        "memory.create" => [ActionFields.Required(Content, "What to remember, in a sentence.")],
        "memory.search" => [ActionFields.Required("query", "What to look for.")],
        "memory.update" => [ActionFields.Required(Id, "The id of the memory."), ActionFields.Required(Content, "The new text.")],
        "memory.delete" => [ActionFields.Required(Id, "The id of the memory.")],
        _ => [],
    };

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var account = call.Scope.AccountId;
        switch (call.Action)
        {
            case "memory.create":
                var fields = new JsonObject { ["text"] = call.Require(Content) };
                ActionScope.AddTo(call, fields);
                return Done(await resources.CreateAsync(MemoryKind.Name, account, fields, cancellationToken));
            case "memory.update" or "memory.delete":
                var row = await resources.GetAsync(MemoryKind.Name, call.Require(Id), account, cancellationToken);
                ActionScope.Check(call, row);
                if (call.Action == "memory.delete")
                    await resources.DeleteAsync(row, cancellationToken);
                else
                    await resources.UpdateAsync(MemoryKind.Name, row.Id, account, new JsonObject { ["text"] = call.Require(Content) }, cancellationToken);
                return Done(row.Id);
            default:
                var rows = await resources.ListAsync(MemoryKind.Name, account, ActionScope.Of(call), cancellationToken);
                var items = rows.ConvertAll(one => ActionResources.Item(one, "text"));
                if (call.Action == "memory.search")
                {
                    var passages = items.ConvertAll(item => new Passage("", (string)item["text"]!));
                    items = [.. TextRanking.Rank(passages, new Question(call.Require("query")), MemorySearch.MaxFound).Select(index => items[index])];
                }

                return AbilityResult.Of(new JsonArray([.. items]));
        }
    }

    private static AbilityResult Done(string id) => AbilityResult.Of(new JsonObject { ["id"] = id });
}
