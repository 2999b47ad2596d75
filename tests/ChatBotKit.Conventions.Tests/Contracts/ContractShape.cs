using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Conventions.Tests;

/// <summary>All fields of a record, also those of the records in it.</summary>
internal static class ContractShape
{
    /// <summary>Gives the fields; null when the type never is a body.</summary>
    public static IReadOnlyDictionary<string, ContractField>? TryOf(Type type)
    {
        try
        {
            return Below(WireType.Of(type), "", []).ToDictionary(field => field.Path);
        }
        catch (NotSupportedException)
        {
            // A record that travels in a query is in no context of the serializer.
            return null;
        }
    }

    /// <summary>Gives the fields of a line of a stream.</summary>
    public static IReadOnlyDictionary<string, ContractField> OfLine(Type type) =>
        Members(type, "", []).ToDictionary(field => field.Path);

    private static IEnumerable<ContractField> Below(WireType type, string prefix, IReadOnlyList<Type> within)
    {
        // A record may hold others of its kind; once around is enough.
        if (type.Record is { } record)
            return within.Contains(record) ? [] : Members(record, prefix, [.. within, record]);
        if (type.Element is not { } element)
            return [];
        return type.Kind == "array"
            ? Below(WireType.Of(element), $"{prefix.TrimEnd('.')}[].", within)
            : FieldAndBelow($"{prefix}*", element, isRequired: false, isNullable: false, within);
    }

    // The serializer knows the names best, but not those of a record with a converter of its own.
    private static IEnumerable<ContractField> Members(Type record, string prefix, IReadOnlyList<Type> within) =>
        ChatBotKitJson.ServerOptions.TryGetTypeInfo(record, out var info) && info.Kind == JsonTypeInfoKind.Object
            ? info.Properties.Where(property => !property.IsExtensionData)
                .SelectMany(property => FieldAndBelow(
                    prefix + property.Name, property.PropertyType, property.IsRequired, IsNullable(property.PropertyType, property.IsGetNullable), within))
            : record.GetProperties().Where(property => property.Name != nameof(ApiObject.AdditionalProperties))
                .SelectMany(property => FieldAndBelow(
                    prefix + JsonNamingPolicy.CamelCase.ConvertName(property.Name),
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
