using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary>
/// <c>contact.list</c>, <c>fetch</c> and <c>update</c>. The contact is that of the run, unless the instruction gives a <c>contactId</c>; a
/// model can give one only where the instruction has a field for it.
/// </summary>
internal sealed class ContactAction(ActionResources resources) : IAbilityAction
{
    private static readonly string[] Settable = ["name", "description", "nick", "preferences"];
    private static readonly string[] Shown = [.. Settable, "email", "phone"];

    public IReadOnlyList<string> Names { get; } = ["contact.list", "contact.fetch", "contact.update"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => action == "contact.update"
        ?
        [
            ActionFields.Optional("name", "The new name."), ActionFields.Optional("description", "What is known about the contact."),
            ActionFields.Optional("nick", "How the contact likes to be called."), ActionFields.Optional("preferences", "The preferences of the contact."),
        ]
        : [];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var account = call.Scope.AccountId;
        if (call.Action == "contact.list")
        {
            var rows = await resources.ListAsync(ContactKind.Name, account, [], cancellationToken);
            return AbilityResult.Of(new JsonArray([.. rows.Select(row => ActionResources.Item(row, Shown))]));
        }

        var address = call.TextOf("contactId") ?? call.Scope.ContactId ?? throw new AbilityException("This run has no contact.");
        var contact = await resources.GetAsync(ContactKind.Name, address, account, cancellationToken);
        if (call.Action == "contact.fetch")
            return AbilityResult.Of(ActionResources.Item(contact, Shown));
        var fields = new JsonObject();
        foreach (var name in Settable.Where(name => call.TextOf(name) is not null))
            fields[name] = call.TextOf(name);
        await resources.UpdateAsync(ContactKind.Name, contact.Id, account, fields, cancellationToken);
        return AbilityResult.Of(new JsonObject { ["id"] = contact.Id });
    }
}
