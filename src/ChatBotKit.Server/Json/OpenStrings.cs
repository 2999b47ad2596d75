using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace ChatBotKit.Server.Json;

/// <summary>The strings of the contracts that have known values.</summary>
internal static class OpenStrings
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<string>?> Known = new();

    /// <summary>The known values of a string that may have others too; null when it is no such type.</summary>
    public static IReadOnlyList<string>? ValuesOf(Type type) => Known.GetOrAdd(type, Read);

    private static string[]? Read(Type type) =>
        type.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType is { IsGenericType: true } converter
        && converter.Name.StartsWith("OpenStringConverter`", StringComparison.Ordinal)
            ? [.. type.GetProperties(BindingFlags.Public | BindingFlags.Static)
                .Where(property => property.PropertyType == type)
                .Select(property => property.GetValue(null)!.ToString()!)]
            : null;
}
