using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints.Import;

/// <summary>Creates the rows of imported resources, and checks them as requests to their kinds are checked.</summary>
internal sealed class ImportContents(ResourceEdit edit, string accountId, long now, ImportIssues issues)
{
    /// <summary>Creates the blueprint of an import that also creates its blueprint.</summary>
    public (ResourceRow Row, ResourceContent Content) NewBlueprint(ResourceKind kind, string id, string alias)
    {
        var faults = new Faults();
        var content = edit.Create(kind, id, parentId: null, new JsonObject { [ResourceFields.Alias] = alias }, faults);
        faults.ThrowIfAny();
        return (ResourceWriter.RowOf(kind, id, accountId, parentId: null, content, now), content);
    }

    public void Add(ImportedResource resource)
    {
        var (kind, faults) = (resource.Kind, new Faults());
        try
        {
            var fields = kind.ReadFields(resource.Fields, isUpdate: resource.Existing is not null);
            if (resource.Existing is { } existing)
            {
                var content = edit.Update(kind, existing, fields, faults);
                resource.Row = Updated(existing, content);
                resource.Content = IsEqual(existing, content) ? null : content;
            }
            else
            {
                resource.Content = edit.Create(kind, resource.Id, resource.ParentId, fields, faults);
                resource.Row = ResourceWriter.RowOf(kind, resource.Id, accountId, resource.ParentId, resource.Content, now);
            }
        }
        catch (ApiException exception)
        {
            faults.Add(exception.Message);
        }

        if (faults.Message is { } message)
            issues.Add(resource, "invalid_resource", message);
    }

    private ResourceRow Updated(ResourceRow row, ResourceContent content) => row with
    {
        Data = content.Data,
        Key = content.Key,
        Secrets = content.Secrets,
        UpdatedAt = Math.Max(row.UpdatedAt, now),
    };

    /// <summary>Whether an update changes nothing. Imports do not change credentials.</summary>
    private static bool IsEqual(ResourceRow row, ResourceContent content) =>
        !content.ChangesLinks && row.Key == content.Key && row.Data.AsSpan().SequenceEqual(content.Data);
}
