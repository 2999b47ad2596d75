using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatBotKit.Server.Features.GraphQl.Results;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace ChatBotKit.Server.Features.GraphQl.Schema;

/// <summary>The types of a schema: one for each kind, and one for its lists.</summary>
internal sealed class ResourceGraphTypes
{
    private readonly Dictionary<string, (ObjectGraphType<ResourceNode> One, ObjectGraphType<ResourcePage> List)> _types;

    public ResourceGraphTypes(ResourceKinds kinds)
    {
        _types = kinds.All.ToDictionary(kind => kind.Name, kind => (new ObjectGraphType<ResourceNode> { Name = NameOf(kind) }, new ObjectGraphType<ResourcePage> { Name = $"{NameOf(kind)}List" }));
        foreach (var kind in kinds.All)
            Fill(kind, kinds);
    }

    /// <summary>Free-form data.</summary>
    public ScalarGraphType Json { get; } = new JsonScalar();

    /// <summary>The order of lists.</summary>
    public EnumerationGraphType Order { get; } = OrderType();

    /// <summary>A filter by a member of the metadata.</summary>
    public InputObjectGraphType MetaFilter { get; } = MetaFilterType();

    public ObjectGraphType<ResourceNode> Of(ResourceKind kind) => _types[kind.Name].One;

    public ObjectGraphType<ResourcePage> ListOf(ResourceKind kind) => _types[kind.Name].List;

    private static string NameOf(ResourceKind kind)
    {
        var name = ResourceSchema.NameOf(kind);
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private void Fill(ResourceKind kind, ResourceKinds kinds)
    {
        var (one, list) = _types[kind.Name];
        one.Description = $"{kind.Title}. Credentials are masked.";
        foreach (var property in kind.ItemType.Properties.Where(property => !property.IsExtensionData))
            one.AddField(FieldOf(property));
        foreach (var reference in kind.Fields.References)
        {
            if (kinds.Find(reference.Target) is { } target)
                AddReference(one, reference.Field, target);
        }

        if (kind.Parent is { } parent)
            AddReference(one, kind.ParentParameter!, kinds.Find(parent)!);
        foreach (var child in kinds.All.Where(child => child.Parent == kind.Name))
            one.AddField(Children(child));
        list.AddField(new FieldType
        {
            Name = "items",
            ResolvedType = new NonNullGraphType(new ListGraphType(new NonNullGraphType(one))),
            Resolver = new FuncFieldResolver<ResourcePage, object>(context => context.Source.Items),
        });
        list.AddField(new FieldType
        {
            Name = ListArguments.Cursor,
            Description = "The cursor with which the list continues; null when it is empty.",
            Type = typeof(StringGraphType),
            Resolver = new FuncFieldResolver<ResourcePage, object>(context => context.Source.Cursor),
        });
    }

    private StoredField FieldOf(JsonPropertyInfo property)
    {
        var name = property.Name;
        var field = new StoredField(name, StoredField.FormOf(name, WireTypes.Unwrap(property.PropertyType)));
        Func<ResourceNode, object?> value;
        (field.Type, value) = TypeOf(field.Form, name);
        if (field.Type is null)
            field.ResolvedType = Json;
        field.Resolver = new FuncFieldResolver<ResourceNode, object>(context => value(context.Source));
        return field;
    }

    private static (Type? Type, Func<ResourceNode, object?> Value) TypeOf(StoredForm form, string name) => form switch
    {
        StoredForm.Id => (typeof(NonNullGraphType<IdGraphType>), static node => node.Id),
        StoredForm.CreatedAt => (typeof(LongGraphType), static node => node.CreatedAt),
        StoredForm.UpdatedAt => (typeof(LongGraphType), static node => node.UpdatedAt),
        StoredForm.Text => (typeof(StringGraphType), node => node.TextOf(name)),
        StoredForm.Flag => (typeof(BooleanGraphType), node => node.ValueOf(name)?.GetBoolean()),
        StoredForm.Integer => (typeof(LongGraphType), node => node.ValueOf(name)?.GetInt64()),
        StoredForm.Number => (typeof(FloatGraphType), node => node.ValueOf(name)?.GetDouble()),
        _ => (null, node => node.ValueOf(name) is { } value ? value : null),
    };

    /// <summary>Adds a field with the resource that another field refers to; null when it belongs to another account.</summary>
    private void AddReference(ObjectGraphType<ResourceNode> type, string field, ResourceKind target)
    {
        var name = field.EndsWith("Id", StringComparison.Ordinal) ? field[..^2] : $"{field}Resource";
        if (type.Fields.Any(other => other.Name == name))
            return;
        type.AddField(new FieldType
        {
            Name = name,
            ResolvedType = Of(target),
            Resolver = new FuncFieldResolver<ResourceNode, object>(context =>
                context.Source.TextOf(field) is { } id ? GraphQlCall.Of(context).Rows.Load(id) : null),
        });
    }

    private FieldType Children(ResourceKind child) => new()
    {
        Name = ResourceSchema.PluralOf(child),
        ResolvedType = ListOf(child),
        Arguments = [.. ListArguments.Paging(this, withCursor: false)],
        Resolver = new FuncFieldResolver<ResourceNode, object>(context => GraphQlCall.Of(context).Children.Load(
            new ChildKey(child.Name, context.Source.Id, ListArguments.IsDescending(context), ListArguments.TakeOf(context)))),
    };

    private static EnumerationGraphType OrderType()
    {
        var order = new EnumerationGraphType { Name = "Order", Description = "By age: asc is oldest first, desc newest first." };
        order.Add("asc", "asc");
        order.Add("desc", "desc");
        return order;
    }

    private static InputObjectGraphType MetaFilterType()
    {
        var filter = new InputObjectGraphType { Name = "MetaFilter", Description = "Only resources whose metadata has this value." };
        filter.AddField(new FieldType { Name = "key", Type = typeof(NonNullGraphType<StringGraphType>) });
        filter.AddField(new FieldType { Name = "value", Type = typeof(NonNullGraphType<StringGraphType>) });
        return filter;
    }
}

/// <summary>JSON of any form, in results.</summary>
internal sealed class JsonScalar : ScalarGraphType
{
    public JsonScalar() => (Name, Description) = ("JSON", "Free-form data.");

    public override object? ParseValue(object? value) => value;

    public override object? Serialize(object? value) => value is JsonElement or null ? value : ThrowSerializationError(value);
}
