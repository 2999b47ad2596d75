using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints;

/// <summary>
/// Clones a blueprint with its resources in one transaction. The copies refer to one another. They have no aliases, credentials and
/// schedules, and no references to anything else.
/// </summary>
internal sealed class BlueprintCloning(
    BlueprintReading reading, ResourceEdit edit, ResourceStore resources, ResourceKinds kinds, TimeProvider time)
{
    /// <exception cref="ApiException">404: the blueprint does not exist; 400: a resource is no longer valid; 429: there are too many.</exception>
    public async Task<BlueprintResourcesResponse> CloneAsync(
        string address, string accountId, IdempotentCall call, CancellationToken cancellationToken)
    {
        var original = await reading.ReadUsableAsync(address, accountId, cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var ids = BlueprintIds.New(now, original.Members.Count + 1);
        var faults = new Faults();
        var kind = kinds.Find(BlueprintKind.Name)!;
        var content = edit.Clone(kind, original.Blueprint, ids[0], faults);
        var blueprint = ResourceWriter.RowOf(kind, ids[0], accountId, parentId: null, content, now);
        var copies = CopiesOf(original.Members, [.. ids.Skip(1)], blueprint, now, faults);
        faults.ThrowIfAny();
        var response = new BlueprintResourcesResponse
        {
            Id = blueprint.Id,
            Resources = BlueprintItems.Names(copies.Select(copy => new BlueprintMember(kinds.Find(copy.Row.Kind)!, copy.Row))),
        };
        await resources.InsertAsync([(blueprint, content.Links), .. copies], call.Answered(response), cancellationToken);
        return response;
    }

    private List<(ResourceRow Row, IReadOnlyList<ResourceLink> Links)> CopiesOf(
        IReadOnlyList<BlueprintMember> members, List<string> ids, ResourceRow blueprint, long now, Faults faults)
    {
        var newIds = members.Zip(ids).ToDictionary(pair => pair.First.Row.Id, pair => pair.Second, StringComparer.Ordinal);
        var copies = new List<(ResourceRow, IReadOnlyList<ResourceLink>)>(members.Count);
        // Parents come first, because their rows must exist before those of their children.
        foreach (var (kind, row) in members.OrderBy(member => member.Row.ParentId is not null))
        {
            // The parent of a child that is not itself in the blueprint gets no second child.
            if (row.ParentId is not null && !newIds.ContainsKey(row.ParentId))
                continue;
            var fields = FieldsOf(kind, row, newIds);
            fields[ResourceFields.BlueprintId] = blueprint.Id;
            var parentId = row.ParentId is null ? null : newIds[row.ParentId];
            var content = edit.Create(kind, newIds[row.Id], parentId, fields, faults);
            copies.Add((ResourceWriter.RowOf(kind, newIds[row.Id], blueprint.AccountId, parentId, content, now), content.Links));
        }

        return copies;
    }

    private static JsonObject FieldsOf(ResourceKind kind, ResourceRow row, Dictionary<string, string> newIds)
    {
        var fields = ResourceEdit.FieldsOfClone(kind, row);
        foreach (var reference in kind.Fields.References)
        {
            if (fields[reference.Field] is JsonValue target)
                fields[reference.Field] = newIds.GetValueOrDefault((string)target!);
        }

        // The address is that of the original; the copy gets one that nothing else has.
        if (kind.UniqueField is { } unique && fields[unique] is not null)
            fields[unique] = Ids.New();
        return fields;
    }
}
