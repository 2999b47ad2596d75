using System.Reflection;
using System.Xml.Linq;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Reads the summaries of Contracts and SDK as plain text.</summary>
internal sealed class XmlDocumentation
{
    private readonly Dictionary<string, string> _summaries = new[] { "ChatBotKit.Contracts", "ChatBotKit" }
        .SelectMany(assembly => XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml")).Descendants("member"))
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => (string)member.Attribute("name")!, member => TextOf(member.Element("summary")!));

    public string? Of(MethodInfo method)
    {
        method = DefinitionOf(method);
        var arity = method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";
        var parameters = method.GetParameters() is { Length: > 0 } all ? $"({string.Join(',', all.Select(one => IdOf(one.ParameterType)))})" : "";
        return _summaries.GetValueOrDefault($"M:{method.DeclaringType!.FullName}.{method.Name}{arity}{parameters}");
    }

    /// <summary>Returns the summary of a property without its "Gets".</summary>
    public string? Of(PropertyInfo property)
    {
        if (!_summaries.TryGetValue($"P:{property.DeclaringType!.FullName}.{property.Name}", out var summary))
            return null;
        foreach (var beginning in new[] { "Gets or sets ", "Gets " })
        {
            if (summary.StartsWith(beginning, StringComparison.Ordinal))
                return $"{char.ToUpperInvariant(summary[beginning.Length])}{summary[(beginning.Length + 1)..]}";
        }

        return summary;
    }

    // Generic methods, and methods of generic types, are documented once, without type arguments.
    private static MethodInfo DefinitionOf(MethodInfo method)
    {
        method = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
        return method.DeclaringType is { IsGenericType: true } declaring
            ? declaring.GetGenericTypeDefinition().GetMethods().Single(one => one.MetadataToken == method.MetadataToken)
            : method;
    }

    private static string IdOf(Type type)
    {
        if (type.IsGenericTypeParameter)
            return $"`{type.GenericParameterPosition}";
        if (type.IsGenericMethodParameter)
            return $"``{type.GenericParameterPosition}";
        if (type.IsArray)
            return $"{IdOf(type.GetElementType()!)}[]";
        if (!type.IsGenericType)
            return type.FullName!;
        var definition = type.GetGenericTypeDefinition().FullName!;
        return $"{definition[..definition.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(IdOf))}}}";
    }

    private static string TextOf(XElement summary) => string.Join(' ', string.Concat(summary.DescendantNodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } reference => NameOf(reference),
        _ => "",
    })).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // A property has its JSON name.
    private static string NameOf(XElement reference)
    {
        var id = (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("name") ?? "";
        var name = id.Split('(')[0].Split('.')[^1].Split('`')[0];
        return id.StartsWith("P:", StringComparison.Ordinal) && name.Length > 0 ? $"{char.ToLowerInvariant(name[0])}{name[1..]}" : name;
    }
}
