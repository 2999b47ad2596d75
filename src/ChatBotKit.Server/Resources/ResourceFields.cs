using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Resources;

/// <summary>The properties of a kind's fields that follow from its declaration.</summary>
internal sealed class ResourceFields
{
    public const string Id = "id";
    public const string CreatedAt = "createdAt";
    public const string UpdatedAt = "updatedAt";
    public const string Name = "name";
    public const string Alias = "alias";
    public const string BlueprintId = "blueprintId";
    public const string Visibility = ResourceUse.Field;
    public const string Meta = "meta";

    /// <summary>The members of an item that are columns of the row and not in the document.</summary>
    public static readonly string[] OfRow = [Id, CreatedAt, UpdatedAt];

    private readonly ResourceKind _kind;
    private readonly Dictionary<string, JsonPropertyInfo> _properties;
    private readonly Dictionary<string, string> _links;

    public ResourceFields(ResourceKind kind)
    {
        _kind = kind;
        _properties = kind.ItemType.Properties.Where(property => !property.IsExtensionData).ToDictionary(property => property.Name);
        Settable = kind.CreateType.Properties.Concat(kind.UpdateType.Properties).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        References = Settable.Contains(BlueprintId) && !kind.References.Any(reference => reference.Field == BlueprintId)
            ? [new ResourceReference(BlueprintId, ResourceKind.Blueprint) { IsOwnOnly = true }, .. kind.References]
            : kind.References;
        _links = References.ToDictionary(reference => reference.Field, reference => $"{kind.Name}.{reference.Field}");
        OtherNames = References.Where(reference => reference.OtherName is not null)
            .Select(reference => KeyValuePair.Create(reference.OtherName!, reference.Field)).Concat(kind.OtherNames).ToDictionary();
        Columns = CsvListWriter<ResourceRow>.ColumnsOf(kind.ItemType);
        Defaults = DefaultsOf();
    }

    /// <summary>All fields that refer to other resources.</summary>
    public IReadOnlyList<ResourceReference> References { get; }

    /// <summary>Alternative names of fields, each with the actual name.</summary>
    public IReadOnlyDictionary<string, string> OtherNames { get; }

    /// <summary>The fields of an item.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The fields that requests can set.</summary>
    public IReadOnlySet<string> Settable { get; }

    private JsonObject Defaults { get; }

    /// <summary>Returns the name of a link in the index of links.</summary>
    public string LinkOf(ResourceReference reference) => _links[reference.Field];

    /// <summary>Whether the field refers to another resource.</summary>
    public bool IsReference(string field) => _links.ContainsKey(field);

    public bool Has(string field) => _properties.ContainsKey(field);

    /// <summary>Returns the possible values of a field; null for any.</summary>
    public IReadOnlyList<string>? ChoicesOf(string field) =>
        _properties.TryGetValue(field, out var property) ? OpenStrings.ValuesOf(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) : null;

    /// <summary>Returns the value of a field that a request does not set.</summary>
    public JsonNode? DefaultOf(string field) => Defaults[field]?.DeepClone();

    /// <summary>Creates the document of a new resource with the default values.</summary>
    public JsonObject NewDocument()
    {
        var document = Defaults.DeepClone().AsObject();
        _kind.Prepare?.Invoke(document);
        return document;
    }

    /// <summary>
    /// Returns the JSON type of the stored documents, which is that of the item without the members of <see cref="OfRow"/>.
    /// </summary>
    public static JsonTypeInfo StoredTypeOf(Type item)
    {
        var options = new JsonSerializerOptions(ChatBotKitJson.ServerOptions);
        options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(type =>
        {
            foreach (var property in type.Properties.Where(property => type.Type == item && OfRow.Contains(property.Name)))
            {
                property.IsRequired = false;
                property.ShouldSerialize = static (_, _) => false;
            }
        });
        return options.GetTypeInfo(item);
    }

    public static bool IsOptional(JsonPropertyInfo property) =>
        property.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Optional<>);

    /// <summary>Returns the maximum number of bytes of a text or of free-form JSON.</summary>
    public int LimitOf(string field) => _kind.Limits.TryGetValue(field, out var limit) ? limit
        : field == Name ? FieldRules.MaxNameBytes
        : FieldRules.MaxTextBytes;

    /// <summary>Replaces alternative names of fields in a body with the actual names.</summary>
    public ReadOnlyMemory<byte> Rename(ReadOnlyMemory<byte> body)
    {
        var bytes = body.ToArray();
        // Faults of the body are reported by its reader, which gets the original body.
        if (JsonRules.FindBadValue(bytes, JsonRules.MaxDepth) is not null)
            return body;
        JsonObject fields;
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = JsonRules.MaxDepth, AllowDuplicateProperties = false };
            if (JsonNode.Parse(bytes, documentOptions: options) is not JsonObject parsed || !OtherNames.Keys.Any(parsed.ContainsKey))
                return body;
            fields = parsed;
        }
        catch (JsonException)
        {
            return body;
        }

        foreach (var (other, field) in OtherNames)
        {
            if (fields.ContainsKey(other) && !fields.ContainsKey(field))
            {
                var value = fields[other];
                fields.Remove(other);
                fields[field] = value;
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(fields, ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(JsonObject)));
    }

    private JsonObject DefaultsOf()
    {
        var defaults = _kind.Defaults.DeepClone().AsObject();
        SetDefault(defaults, Name, "");
        SetDefault(defaults, "description", "");
        SetDefault(defaults, Visibility, ChatBotKit.Visibility.Private.Value);
        SetDefault(defaults, "state", State.Enabled.Value);
        return defaults;
    }

    private void SetDefault(JsonObject defaults, string field, string value)
    {
        if (Has(field) && !defaults.ContainsKey(field))
            defaults[field] = value;
    }
}
