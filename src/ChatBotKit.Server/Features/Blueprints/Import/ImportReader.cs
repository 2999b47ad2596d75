using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints.Import;

/// <summary>Reads the resources of an import, and finds what is wrong with them without looking at anything that is stored.</summary>
internal sealed class ImportReader
{
    private readonly BlueprintCategories _categories;
    private readonly ImportIssues _issues = new();
    private readonly List<ImportedResource> _resources = [];

    private ImportReader(BlueprintCategories categories) => _categories = categories;

    /// <returns>The resources, parents before their children.</returns>
    /// <exception cref="ApiException">400: there are none or too many, or they are not a valid import.</exception>
    public static IReadOnlyList<ImportedResource> Read(JsonObject resources, BlueprintCategories categories)
    {
        var reader = new ImportReader(categories);
        foreach (var (category, value) in resources)
            reader.ReadCategory(category, value);
        if (reader._issues.IsEmpty && reader._resources.Count == 0)
            reader._issues.Add("no_resources", "\"resources\" has no resource");
        if (reader._resources.Count > BlueprintReading.MaxResources)
            reader._issues.Add("too_many_resources", $"At most {BlueprintReading.MaxResources} resources can be imported together");
        // The names tell resources apart, so the rest can be checked only when there are no two of the same.
        reader._issues.ThrowIfAny();
        reader.CheckNames();
        reader._issues.ThrowIfAny();
        ImportCycles.Find(reader._resources, reader._issues);
        reader._issues.ThrowIfAny();
        return [.. reader._resources.OrderBy(resource => resource.Kind.Parent is not null)];
    }

    private void ReadCategory(string category, JsonNode? value)
    {
        if (_categories.Find(category) is not { } kind)
        {
            _issues.Add("unsupported_resource_category", FaultText.Clip($"\"{category}\" is no kind of resources of a blueprint", 300), ("category", category));
            return;
        }

        if (value is not JsonArray items)
        {
            _issues.Add("invalid_resource", $"\"{category}\" must be an array", ("category", category));
            return;
        }

        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is JsonObject item)
                Add(kind, category, index, item);
            else
                _issues.Add("invalid_resource", $"{category}[{index}]: must be an object", ("category", category), ("index", index));
        }
    }

    private void Add(ResourceKind kind, string category, int index, JsonObject item)
    {
        var given = item.DeepClone().AsObject();
        foreach (var (other, field) in kind.Fields.OtherNames)
        {
            if (given.TryGetPropertyValue(other, out var value) && given.Remove(other) && !given.ContainsKey(field))
                given[field] = value;
        }

        var resource = new ImportedResource(kind, category, index, given);
        if (given[ResourceFields.Id] is not null && resource.LocalId is null)
            _issues.Add(resource, "invalid_resource", "\"id\" must be a text", ResourceFields.Id);
        _resources.Add(resource);
    }

    private void CheckNames()
    {
        foreach (var group in _resources.Where(resource => resource.LocalId is not null).GroupBy(resource => resource.LocalId!, StringComparer.Ordinal))
        {
            if (group.Count() > 1)
                _issues.Add("duplicate_resource_id", $"Several resources have the id \"{FaultText.Clip(group.Key, 100)}\"", ("id", group.Key));
        }

        foreach (var group in _resources.Where(resource => resource.Alias is not null).GroupBy(resource => (resource.Category, resource.Alias!)))
        {
            if (group.Count() > 1)
                _issues.Add(group.Last(), "duplicate_resource_alias", $"another resource of the kind has the alias \"{FaultText.Clip(group.Key.Item2, 100)}\"", ResourceFields.Alias);
        }
    }
}
