using System.Reflection;
using System.Text.Json.Serialization;

namespace ChatBotKit.Conventions.Tests;

/// <summary>
/// Generates the table with the descriptions of operations and fields, which <c>cbk api</c> shows as help. The texts come from the
/// SDK's documentation.
/// </summary>
internal static class Descriptions
{
    private const string Heading = "operation\tfield\tdescription";
    private const string Group = "*";
    private const string Whole = "-";

    public static string Text(ILookup<SpecOperation, SdkCall> calls)
    {
        var documentation = new XmlDocumentation();
        var operations = SpecTables.Official.Concat(SpecTables.Own).Where(calls.Contains)
            .OrderBy(operation => operation.Name, StringComparer.Ordinal).ToList();
        var rows = GroupsOf(operations, calls, documentation).Concat(operations.SelectMany(operation => RowsOf(operation, calls[operation], documentation)));
        return string.Join('\n', rows.Prepend(Heading)) + "\n";
    }

    private static IEnumerable<string> GroupsOf(
        List<SpecOperation> operations, ILookup<SpecOperation, SdkCall> calls, XmlDocumentation documentation)
    {
        var properties = Clients(typeof(ChatBotKitApi), "").ToDictionary(client => client.Path, client => client.Property);
        return from operation in operations
               from client in calls[operation].Select(call => call.Client).Distinct()
               let words = WordsOf(operation)
               let depth = client.Split('.').Length
               where words.Length > depth && properties.ContainsKey(client)
               let summary = documentation.Of(properties[client])
               where summary is not null
               group summary by string.Join(' ', words.Take(depth)) into named
               orderby named.Key
               select $"{Group}\t{named.Key}\t{FirstSentence(named.First())}";
    }

    private static IEnumerable<string> RowsOf(SpecOperation operation, IEnumerable<SdkCall> calls, XmlDocumentation documentation)
    {
        // Of an operation's methods, such as those for local files, the one with the shortest name represents it.
        var methods = calls.Select(call => call.Method).OrderBy(method => method.Name.Length).ThenBy(method => method.ToString(), StringComparer.Ordinal).ToList();
        if (methods.Select(documentation.Of).FirstOrDefault(text => text is not null) is { } summary)
            yield return $"{operation.Name}\t{Whole}\t{summary}";
        var records = methods.SelectMany(method => method.GetParameters()).Select(parameter => Bare(parameter.ParameterType))
            .Where(IsRecord).Distinct().ToList();
        foreach (var path in SpecTables.Fields[operation.Name].Where(field => field.Place is "request" or "query").Select(field => field.Path).Distinct())
        {
            if (records.Select(record => Find(record, path.Split('.'))).FirstOrDefault(found => found is not null) is { } property
                && documentation.Of(property) is { } meaning)
                yield return $"{operation.Name}\t{path}\t{meaning}";
        }
    }

    private static IEnumerable<(string Path, PropertyInfo Property)> Clients(Type client, string path) =>
        from property in client.GetProperties()
        where property.PropertyType.IsSubclassOf(typeof(ChatBotKitClient))
        let here = path.Length == 0 ? property.Name : $"{path}.{property.Name}"
        from found in Clients(property.PropertyType, here).Prepend((here, property))
        select found;

    private static PropertyInfo? Find(Type record, ReadOnlySpan<string> path)
    {
        var name = path[0];
        var property = record.GetProperties().FirstOrDefault(one => NameOf(one) == name);
        if (path.Length == 1 || property is null)
            return property;
        var inner = Bare(property.PropertyType);
        return IsRecord(inner) ? Find(inner, path[1..]) : null;
    }

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? $"{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}";

    // Returns the inner type of options and lists.
    private static Type Bare(Type type) => type.IsGenericType && type.GetGenericArguments() is [var only] ? Bare(only) : type;

    private static bool IsRecord(Type type) => type.IsClass && type.Assembly == typeof(IdResponse).Assembly;

    private static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)] : text;

    private static string[] WordsOf(SpecOperation operation) =>
        [.. operation.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] != '{')];
}
