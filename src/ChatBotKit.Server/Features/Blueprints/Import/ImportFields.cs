using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Server.Features.Blueprints.Import;

/// <summary>Selects the fields of an imported resource that are stored.</summary>
internal static class ImportFields
{
    private const string Default = "$default";

    /// <summary>
    /// Returns the fields that a request of the kind has; all others are ignored. A resource that exists keeps its credentials, and its
    /// values of fields for which the import has only a default.
    /// </summary>
    public static JsonObject Of(ImportedResource resource)
    {
        var kind = resource.Kind;
        var isUpdate = resource.Existing is not null;
        var known = Names(isUpdate ? kind.UpdateType : kind.CreateType);
        var kept = isUpdate ? BlueprintItems.SecretFields(kind) : new HashSet<string>();
        var fields = new JsonObject();
        foreach (var (field, value) in resource.Given)
        {
            if (!known.Contains(field) || kept.Contains(field))
                continue;
            if (IsDefault(value, out var initial))
            {
                if (!isUpdate)
                    fields[field] = initial?.DeepClone();
            }
            else
            {
                fields[field] = value?.DeepClone();
            }
        }

        return fields;
    }

    /// <summary>Returns the value for a new resource, which a field may have as a default.</summary>
    public static JsonNode? WithoutDefault(JsonNode? value) => IsDefault(value, out var initial) ? initial : value;

    private static bool IsDefault(JsonNode? value, out JsonNode? initial)
    {
        initial = null;
        return value is JsonObject { Count: 1 } only && only.TryGetPropertyValue(Default, out initial);
    }

    private static HashSet<string> Names(JsonTypeInfo type) =>
        type.Properties.Where(property => !property.IsExtensionData).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
}
