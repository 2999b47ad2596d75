using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Returns all fields of a record, including those of nested records.</summary>
internal static class ContractShape
{
    public static IReadOnlyDictionary<string, ContractField> Of(Type type) =>
        Below(WireType.Of(type), "", []).ToDictionary(field => field.Path);

    /// <summary>Returns the fields of a line of a stream.</summary>
    public static IReadOnlyDictionary<string, ContractField> OfLine(Type type) =>
        Members(type, "", []).ToDictionary(field => field.Path);

    private static IEnumerable<ContractField> Below(WireType type, string prefix, IReadOnlyList<Type> within)
    {
        // A record may contain itself, so each one is visited once per path.
        if (type.Record is { } record)
            return within.Contains(record) ? [] : Members(record, prefix, [.. within, record]);
        if (type.Element is not { } element)
            return [];
        return type.Kind == "array"
            ? Below(WireType.Of(element), $"{prefix.TrimEnd('.')}[].", within)
            : FieldAndBelow($"{prefix}*", element, isRequired: false, isNullable: false, within);
    }

    // The serializer has the names, except for records with a custom converter and records in a query.
    private static IEnumerable<ContractField> Members(Type record, string prefix, IReadOnlyList<Type> within) =>
        ChatBotKitJson.ServerOptions.TryGetTypeInfo(record, out var info) && info.Kind == JsonTypeInfoKind.Object
            ? info.Properties.Where(property => !property.IsExtensionData)
                .SelectMany(property => FieldAndBelow(
                    prefix + property.Name, property.PropertyType, property.IsRequired, IsNullable(property.PropertyType, property.IsGetNullable), within))
            : record.GetProperties().Where(property => property.Name != nameof(ApiObject.AdditionalProperties))
                .SelectMany(property => FieldAndBelow(
                    prefix + (property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name)),
                    property.PropertyType,
                    IsRequired(record, property),
                    IsNullable(property.PropertyType, new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable),
                    within));

    private static IEnumerable<ContractField> FieldAndBelow(
        string path, Type type, bool isRequired, bool isNullable, IReadOnlyList<Type> within)
    {
        var wire = WireType.Of(type);
        return Below(wire, $"{path}.", within).Prepend(new ContractField(path, wire, isRequired, isNullable));
    }

    private static bool IsRequired(Type record, PropertyInfo property) =>
        property.IsDefined(typeof(RequiredMemberAttribute), inherit: true)
        || record.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.Name == property.Name));

    private static bool IsNullable(Type type, bool isAnnotated) =>
        WireType.Underlying(type) != type || (!type.IsValueType && isAnnotated);
}
