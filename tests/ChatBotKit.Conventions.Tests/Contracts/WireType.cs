using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Conventions.Tests;

/// <summary>The JSON type of a CLR type.</summary>
internal sealed class WireType
{
    private static readonly Dictionary<Type, string> Simple = new()
    {
        [typeof(string)] = "string",
        [typeof(Uri)] = "string",
        [typeof(ReadOnlyMemory<byte>)] = "string",
        [typeof(bool)] = "boolean",
        [typeof(int)] = "integer",
        [typeof(long)] = "integer",
        [typeof(double)] = "number",
        [typeof(decimal)] = "number",
        [typeof(DateTimeOffset)] = "moment",
        [typeof(JsonObject)] = "object",
        [typeof(JsonNode)] = "any",
        [typeof(JsonElement)] = "any",
        [typeof(object)] = "any",
    };

    private WireType(string kind) => Kind = kind;

    /// <summary>Gets the name of the type in the tables; or <c>moment</c> for milliseconds, <c>enum</c>, or <c>array</c>.</summary>
    public string Kind { get; }

    /// <summary>Gets the known values of an open string.</summary>
    public IReadOnlySet<string> Values { get; private init; } = new HashSet<string>();

    /// <summary>Gets the type of the array's elements, or of the map's entries.</summary>
    public Type? Element { get; private init; }

    /// <summary>Gets the record of the object; null for a free-form object.</summary>
    public Type? Record { get; private init; }

    /// <summary>Gets the alternative type; null for none.</summary>
    public WireType? Alternative { get; private init; }

    /// <summary>Gets whether the fields are not known.</summary>
    public bool IsFree => Kind == "any" || (Kind == "object" && Record is null && Element is null);

    public static WireType Of(Type type)
    {
        type = Underlying(type);
        if (Simple.TryGetValue(type, out var kind))
            return new WireType(kind);
        if (EntryOf(type) is { } entry)
            return entry == typeof(JsonElement) || entry == typeof(JsonNode) ? new WireType("object") : new WireType("object") { Element = entry };
        if (ArgumentsOf(type, typeof(IEnumerable<>)) is [var element])
            return new WireType("array") { Element = element };
        if (type is { IsValueType: true, IsGenericType: false } && type.GetProperty("Value")?.PropertyType == typeof(string))
            return new WireType("enum") { Values = KnownValues(type) };

        if (type.Assembly != typeof(ChatBotKitJson).Assembly && type.Assembly != typeof(ChatBotKitClient).Assembly)
            return new WireType("any");
        return ChatBotKitJson.ServerOptions.TryGetTypeInfo(type, out var info) && info.Kind != JsonTypeInfoKind.Object
            ? Choice(type)
            : new WireType("object") { Record = type };
    }

    /// <summary>Removes nullable and optional wrappers.</summary>
    public static Type Underlying(Type type) =>
        Nullable.GetUnderlyingType(type) ?? (ArgumentsOf(type, typeof(Optional<>)) is [var value] ? Underlying(value) : type);

    public override string ToString()
    {
        var own = Kind switch
        {
            "array" => $"array<{Of(Element!)}>",
            "enum" => $"enum({string.Join('|', Values.Order(StringComparer.Ordinal))})",
            _ => Kind,
        };
        return Alternative is null ? own : $"{own}|{Alternative}";
    }

    // A record with a custom converter has the type of one of its constructor arguments, if these are simple types.
    private static WireType Choice(Type type)
    {
        var parts = type.GetConstructors().Select(constructor => constructor.GetParameters()).Where(parameters => parameters.Length == 1)
            .Select(parameters => Of(parameters[0].ParameterType)).OrderByDescending(part => part.Kind == "object").ToList();
        return parts.Count == 0
            ? new WireType("object") { Record = type }
            : parts.Skip(1).Aggregate(parts[0], (all, next) => new WireType(next.Kind)
            {
                Values = next.Values,
                Element = next.Element,
                Record = next.Record ?? all.Record,
                Alternative = all,
            });
    }

    private static HashSet<string> KnownValues(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Static | BindingFlags.Public).Where(property => property.PropertyType == type)
            .Select(property => property.GetValue(null)!.ToString()!),
    ];

    private static Type? EntryOf(Type type) => ArgumentsOf(type, typeof(IReadOnlyDictionary<,>)) is [_, var readOnly] ? readOnly
        : ArgumentsOf(type, typeof(IDictionary<,>)) is [_, var entry] ? entry : null;

    private static Type[] ArgumentsOf(Type type, Type definition) => type.GetInterfaces().Prepend(type)
        .FirstOrDefault(found => found.IsGenericType && found.GetGenericTypeDefinition() == definition)?.GetGenericArguments() ?? [];
}
