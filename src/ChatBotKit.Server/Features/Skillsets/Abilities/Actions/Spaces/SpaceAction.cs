using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Features.Spaces;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Spaces;

/// <summary><c>space.create</c>, <c>list</c>, <c>fetch</c>, <c>update</c> and <c>delete</c>: the spaces of the account or of the contact.</summary>
internal sealed class SpaceAction(ActionResources resources) : IAbilityAction
{
    private const string Id = "spaceId";

    private static readonly string[] Shown = ["name", "description"];

    public IReadOnlyList<string> Names { get; } = ["space.create", "space.list", "space.fetch", "space.update", "space.delete"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => action switch
    {
        "space.list" => [],
        "space.create" => [ActionFields.Required("name", "The name."), ActionFields.Optional("description", "What the space is for.")],
        "space.update" =>
        [
            ActionFields.Required(Id, "The id of the space."), ActionFields.Optional("name", "The new name."),
            ActionFields.Optional("description", "The new description."),
        ],
        _ => [ActionFields.Required(Id, "The id of the space.")],
    };

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var account = call.Scope.AccountId;
        if (call.Action == "space.list")
        {
            var rows = await resources.ListAsync(SpaceKind.Name, account, ActionScope.Of(call), cancellationToken);
            return AbilityResult.Of(new JsonArray([.. rows.Select(row => ActionResources.Item(row, Shown))]));
        }

        var fields = new JsonObject();
        foreach (var name in Shown.Where(name => call.TextOf(name) is not null))
            fields[name] = call.TextOf(name);
        if (call.Action == "space.create")
        {
            ActionScope.AddTo(call, fields);
            return AbilityResult.Of(new JsonObject { ["id"] = await resources.CreateAsync(SpaceKind.Name, account, fields, cancellationToken) });
        }

        var space = await resources.GetAsync(SpaceKind.Name, call.Require(Id), account, cancellationToken);
        ActionScope.Check(call, space);
        if (call.Action == "space.fetch")
            return AbilityResult.Of(ActionResources.Item(space, Shown));
        if (call.Action == "space.delete")
            await resources.DeleteAsync(space, cancellationToken);
        else
            await resources.UpdateAsync(SpaceKind.Name, space.Id, account, fields, cancellationToken);
        return AbilityResult.Of(new JsonObject { ["id"] = space.Id });
    }
}
