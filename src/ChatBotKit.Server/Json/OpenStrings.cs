using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace ChatBotKit.Server.Json;

/// <summary>Finds the known values of the contracts' open string types.</summary>
internal static class OpenStrings
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<string>?> Known = new();

    /// <summary>Returns the known values of an open string type; null for any other type.</summary>
    public static IReadOnlyList<string>? ValuesOf(Type type) => Known.GetOrAdd(type, Read);

    private static string[]? Read(Type type) =>
        type.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType is { IsGenericType: true } converter
        && converter.Name.StartsWith("OpenStringConverter`", StringComparison.Ordinal)
            ? [.. type.GetProperties(BindingFlags.Public | BindingFlags.Static)
                .Where(property => property.PropertyType == type)
                .Select(property => property.GetValue(null)!.ToString()!)]
            : null;
}
