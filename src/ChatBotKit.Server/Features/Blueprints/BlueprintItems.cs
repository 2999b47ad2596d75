using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints;

/// <summary>Forms of a blueprint's resources in responses, by category.</summary>
internal static class BlueprintItems
{
    private const string Description = "description";

    /// <summary>Returns what the resources are and what they refer to.</summary>
    public static JsonObject List(IReadOnlyList<BlueprintMember> members) => ByCategory(members, member =>
    {
        var document = ResourceEdit.Read(member.Row.Data);
        var item = Summary(member.Row);
        foreach (var (field, value) in document)
        {
            if (field is ResourceFields.Alias or ResourceFields.Meta || member.Kind.Fields.IsReference(field) || field == member.Kind.ParentParameter)
                item[field] = value?.DeepClone();
        }

        return item;
    });

    /// <summary>Returns the resources in the form in which they can be imported.</summary>
    public static JsonObject Export(IReadOnlyList<BlueprintMember> members)
    {
        var ids = members.Select(member => member.Row.Id).ToHashSet(StringComparer.Ordinal);
        return ByCategory(members, member => Export(member, ids));
    }

    /// <summary>
    /// Returns the fields of a resource that requests can set, without credentials. A reference to a resource outside of the blueprint
    /// is left out, because it would be invalid elsewhere; an import that updates a resource leaves it as it is.
    /// </summary>
    /// <param name="member">The resource.</param>
    /// <param name="ids">The ids of the resources of the blueprint.</param>
    public static JsonObject Export(BlueprintMember member, IReadOnlySet<string> ids)
    {
        var (kind, row) = (member.Kind, member.Row);
        var item = new JsonObject { [ResourceFields.Id] = row.Id };
        var secrets = SecretFields(kind);
        foreach (var (field, value) in ResourceEdit.Read(row.Data))
        {
            if (field == kind.ParentParameter)
                item[field] = row.ParentId;
            else if (!kind.Fields.Settable.Contains(field) || field == ResourceFields.BlueprintId || secrets.Contains(field) || kind.Ignored.Contains(field))
                continue;
            else if (!kind.Fields.IsReference(field) || (value is JsonValue id && ids.Contains((string)id!)))
                item[field] = value?.DeepClone();
        }

        return item;
    }

    /// <summary>Returns the names of the resources that an import or clone has stored.</summary>
    public static JsonObject Names(IEnumerable<BlueprintMember> members) => ByCategory(members, member => Summary(member.Row));

    /// <summary>
    /// The fields with credentials. A free-form field that can hold one is left out as a whole, because it may also have credentials of
    /// other names.
    /// </summary>
    public static IReadOnlySet<string> SecretFields(ResourceKind kind) =>
        kind.Secrets.Select(secret => secret.Field.Split('.')[0]).ToHashSet(StringComparer.Ordinal);

    private static JsonObject Summary(ResourceRow row)
    {
        var document = ResourceEdit.Read(row.Data);
        return new JsonObject
        {
            [ResourceFields.Id] = row.Id,
            [ResourceFields.Name] = document[ResourceFields.Name]?.DeepClone(),
            [Description] = document[Description]?.DeepClone(),
        };
    }

    private static JsonObject ByCategory(IEnumerable<BlueprintMember> members, Func<BlueprintMember, JsonObject> form)
    {
        var categories = new JsonObject();
        foreach (var group in members.GroupBy(member => member.Kind))
            categories[BlueprintCategories.NameOf(group.Key)] = new JsonArray([.. group.Select(form)]);
        return categories;
    }
}
