using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Resources;

/// <summary>The stored content of a resource, without its id, owner and times.</summary>
/// <param name="Data">The document.</param>
/// <param name="Key">The second unique key.</param>
/// <param name="Secrets">The credentials, encrypted.</param>
/// <param name="Links">The links of the document.</param>
internal sealed record ResourceContent(byte[] Data, string? Key, byte[]? Secrets, IReadOnlyList<ResourceLink> Links)
{
    /// <summary>Whether the update changes the links.</summary>
    public bool ChangesLinks { get; init; }
}

/// <param name="Field">The name of the link in the index.</param>
/// <param name="ToId">The resource that the link refers to.</param>
internal readonly record struct ResourceLink(string Field, string ToId);

/// <summary>Creates the content of a resource from the stored document and the fields of a request.</summary>
internal sealed class ResourceEdit(ResourceSecrets secrets, IServiceProvider services)
{
    /// <summary>Creates the content of a new resource.</summary>
    public ResourceContent Create(ResourceKind kind, string id, string? parentId, JsonObject fields, Faults faults)
    {
        var document = kind.Fields.NewDocument();
        if (parentId is not null && kind.ParentParameter is { } parent && kind.Fields.Has(parent))
            document[parent] = parentId;
        foreach (var secret in kind.Secrets.Where(secret => secret.IsServerMade))
            document[secret.Field] = ResourceSecret.New();
        return Apply(kind, id, document, stored: null, fields, faults);
    }

    /// <summary>Creates the updated content of an existing resource.</summary>
    public ResourceContent Update(ResourceKind kind, ResourceRow row, JsonObject fields, Faults faults)
    {
        var document = Read(row.Data);
        var links = LinksOf(kind, document);
        ResourceSecrets.Mask(kind, document, row.Secrets);
        var content = Apply(kind, row.Id, document, row.Secrets, fields, faults);
        return content with { ChangesLinks = !links.SequenceEqual(content.Links) };
    }

    /// <summary>Creates the content of a clone.</summary>
    public ResourceContent Clone(ResourceKind kind, ResourceRow row, string id, Faults faults) =>
        Create(kind, id, row.ParentId, FieldsOfClone(kind, row), faults);

    /// <summary>Returns the fields that a clone gets.</summary>
    public static JsonObject FieldsOfClone(ResourceKind kind, ResourceRow row)
    {
        var fields = Read(row.Data);
        HashSet<string> lost =
        [
            ResourceFields.Alias, ResourceFields.BlueprintId, ResourceFields.Visibility,
            .. kind.LostByClone, .. kind.Secrets.Select(secret => secret.Field),
        ];
        foreach (var (field, _) in fields.ToArray())
        {
            if (lost.Contains(field) || !kind.Fields.Settable.Contains(field))
                fields.Remove(field);
        }

        return fields;
    }

    /// <summary>Returns the links of a document. Only this function defines them.</summary>
    public static IReadOnlyList<ResourceLink> LinksOf(ResourceKind kind, JsonObject document)
    {
        var links = new List<ResourceLink>();
        foreach (var reference in kind.Fields.References)
        {
            if (kind.Fields.Has(reference.Field) && TextOf(document[reference.Field]) is { Length: > 0 } target)
                links.Add(new ResourceLink(kind.Fields.LinkOf(reference), target));
        }

        return links;
    }

    public static JsonObject Read(byte[] data) => JsonNode.Parse(data, documentOptions: JsonRules.Stored)!.AsObject();

    public static byte[] Write(JsonObject document) =>
        JsonSerializer.SerializeToUtf8Bytes(document, ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(JsonObject)));

    private ResourceContent Apply(ResourceKind kind, string id, JsonObject document, byte[]? stored, JsonObject fields, Faults faults)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (field, value) in fields)
        {
            changed.Add(field);
            if (!kind.Ignored.Contains(field))
                document[field] = ValueOf(kind, field, document[field], value, faults);
        }

        kind.Normalize?.Invoke(document);
        CheckSizes(kind, document, changed, faults);
        CheckKey(kind, document, faults);
        var credentials = secrets.Take(kind, id, document, stored);
        foreach (var reference in kind.Fields.References)
        {
            if (reference.OtherName is { } other)
                document[other] = document[reference.Field]?.DeepClone();
        }

        var check = new ResourceCheck(faults, services, changed);
        kind.Derive?.Invoke(document, check);
        return new ResourceContent(
            kind.Check(document, check),
            kind.KeyField is { } key ? TextOf(document[key]) : null,
            credentials,
            LinksOf(kind, document));
    }

    private static JsonNode? ValueOf(ResourceKind kind, string field, JsonNode? stored, JsonNode? given, Faults faults)
    {
        if (field == ResourceFields.Meta)
            return MetaOf(stored, given, kind.Fields.LimitOf(field), faults);
        if (field == kind.KeyField || kind.Fields.IsReference(field))
            return TextOf(given) is { Length: > 0 } text ? text : null;
        return given?.DeepClone() ?? kind.Fields.DefaultOf(field);
    }

    private static JsonObject? MetaOf(JsonNode? stored, JsonNode? given, int maxBytes, Faults faults)
    {
        if (given is not JsonObject meta)
            return null;
        faults.CheckMeta(meta, maxBytes: maxBytes);
        return MetaJson.Put(stored as JsonObject, meta);
    }

    /// <summary>Checks the sizes of the fields that the request sets. The other fields were checked when they were stored.</summary>
    private static void CheckSizes(ResourceKind kind, JsonObject document, HashSet<string> changed, Faults faults)
    {
        foreach (var (field, value) in document)
        {
            if (!changed.Contains(field))
                continue;
            if (value is JsonObject or JsonArray)
            {
                faults.CheckNul(value, field);
                faults.CheckJson(value, field, kind.Fields.LimitOf(field));
            }
            else if (TextOf(value) is { } text)
            {
                faults.CheckNul(text, field);
                faults.CheckText(text, field, kind.Fields.LimitOf(field));
                if (kind.Fields.ChoicesOf(field) is { } choices && !choices.Contains(text))
                    faults.Add($"\"{field}\" must be one of {string.Join(", ", choices)}");
            }
        }
    }

    private static void CheckKey(ResourceKind kind, JsonObject document, Faults faults)
    {
        if (kind.KeyField == ResourceFields.Alias)
            faults.CheckAlias(TextOf(document[ResourceFields.Alias]));
    }

    private static string? TextOf(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var read) ? read : null;
}
