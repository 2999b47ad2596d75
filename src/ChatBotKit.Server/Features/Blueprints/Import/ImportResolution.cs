using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints.Import;

/// <summary>
/// Finds which stored resources an import updates, and replaces the ids and addresses in its resources with the ids that are stored.
/// </summary>
/// <param name="kinds">The kinds that the server has.</param>
/// <param name="resources">The resources.</param>
/// <param name="accountId">The account of the caller.</param>
/// <param name="issues">The issues, to which those of references are added.</param>
internal sealed class ImportResolution(
    ResourceKinds kinds, IReadOnlyList<ImportedResource> resources, string accountId, ImportIssues issues)
{
    private readonly Dictionary<string, ImportedResource> _byId = resources
        .Where(resource => resource.LocalId is not null).ToDictionary(resource => resource.LocalId!, StringComparer.Ordinal);

    private readonly Dictionary<(string Kind, string Alias), ImportedResource> _byAlias = resources
        .Where(resource => resource.Alias is not null).ToDictionary(resource => (resource.Kind.Name, resource.Alias!));

    /// <param name="db">The connection.</param>
    /// <param name="blueprintId">The blueprint.</param>
    /// <param name="newIds">An id for each resource, which it gets if it is new.</param>
    public async ValueTask ResolveAsync(ISqlSession db, string blueprintId, IReadOnlyList<string> newIds)
    {
        for (var index = 0; index < resources.Count; index++)
        {
            var resource = resources[index];
            resource.Existing = await FindExistingAsync(db, resource, blueprintId);
            resource.Id = resource.Existing?.Id ?? newIds[index];
        }

        foreach (var resource in resources)
        {
            resource.Fields = ImportFields.Of(resource);
            resource.Fields[ResourceFields.BlueprintId] = blueprintId;
            await ResolveParentAsync(db, resource);
            foreach (var reference in resource.Kind.Fields.References.Where(reference => reference.Field != ResourceFields.BlueprintId))
                await ResolveAsync(db, resource, reference);
        }
    }

    /// <summary>
    /// Finds the resource with the alias. One that is in no blueprint, for example because that was deleted, becomes part of this one.
    /// </summary>
    private async ValueTask<ResourceRow?> FindExistingAsync(ISqlSession db, ImportedResource resource, string blueprintId)
    {
        if (resource.Alias is not { } alias
            || await db.FirstAsync(ResourceTable.Rows, ResourceTable.WithKey, accountId, resource.Kind.Name, alias) is not { } row)
        {
            return null;
        }

        if ((string?)ResourceEdit.Read(row.Data)[ResourceFields.BlueprintId] is { } other && other != blueprintId)
        {
            issues.Add(
                "resource_alias_in_active_blueprint", $"{resource.Place}: a resource of another blueprint has the alias \"{alias}\"",
                ("category", resource.Category), ("index", resource.Index), ("id", resource.LocalId),
                ("existingBlueprintId", other), ("targetBlueprintId", blueprintId));
        }

        return row;
    }

    private async ValueTask ResolveParentAsync(ISqlSession db, ImportedResource resource)
    {
        if (resource.Kind.Parent is not { } parent)
            return;
        var field = resource.Kind.ParentParameter!;
        var value = resource.Given[field];
        if (ImportedResource.TextOf(resource.Existing is null ? ImportFields.WithoutDefault(value) : value) is { } given)
        {
            resource.ParentId = Find(parent, given)?.Id ?? (await db.FindOwnAsync(parent, given, accountId))?.Id;
            if (resource.ParentId is null)
                issues.Add(resource, "missing_reference", $"\"{field}\" names no {parent}", field);
            else if (resource.Existing is { } existing && existing.ParentId != resource.ParentId)
                issues.Add(resource, "invalid_reference", $"\"{field}\" names another {parent} than that of the resource with this alias", field);
        }
        else if (resource.Existing is { } existing)
        {
            resource.ParentId = existing.ParentId;
        }
        else
        {
            issues.Add(resource, "missing_reference", $"\"{field}\" is required", field);
        }
    }

    private async ValueTask ResolveAsync(ISqlSession db, ImportedResource resource, ResourceReference reference)
    {
        if (ImportedResource.TextOf(resource.Fields[reference.Field]) is not { } given)
            return;
        if (kinds.Find(reference.Target) is null)
        {
            resource.Fields.Remove(reference.Field);
            return;
        }

        var faults = new Faults();
        var target = Find(reference.Target, given)?.Id ?? (await db.ResolveAsync(reference, given, accountId, faults))?.Id;
        if (target is not null)
            resource.Fields[reference.Field] = target;
        else if (faults.Message is { } message)
            issues.Add(resource, "missing_reference", message, reference.Field);
    }

    /// <summary>Finds a resource of the import by its id in it, or by <c>@alias</c>.</summary>
    private ImportedResource? Find(string kind, string given)
    {
        if (_byId.TryGetValue(given, out var found))
            return found.Kind.Name == kind ? found : null;
        return given is ['@', .. var alias] ? _byAlias.GetValueOrDefault((kind, alias)) : null;
    }
}
