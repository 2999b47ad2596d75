using System.Reflection;
using System.Xml.Linq;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Reads the XML documentation that the compiler writes beside an assembly.</summary>
internal static class XmlDocs
{
    /// <summary>The packages whose members are documented.</summary>
    public static IReadOnlyList<string> Assemblies { get; } =
    [
        "ChatBotKit.Contracts", "ChatBotKit", "ChatBotKit.Testing", "ChatBotKit.Extensions.AI", "ChatBotKit.Extensions.AspNetCore",
        "ChatBotKit.Extensions.DependencyInjection", "ChatBotKit.Extensions.Onnx",
    ];

    // A source file that several packages compile is documented in each of them.
    private static readonly Dictionary<string, XElement> All = Assemblies.SelectMany(MembersOf)
        .DistinctBy(member => (string)member.Attribute("name")!)
        .ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);

    public static IEnumerable<XElement> MembersOf(string assembly) =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml")).Descendants("member");

    /// <summary>Returns the documentation of a method; null when there is none.</summary>
    public static XElement? Of(MethodInfo method)
    {
        var declaring = method.DeclaringType!;
        // A member that is inherited from a generic class is documented there, with the names of its type parameters.
        if (declaring.IsGenericType)
        {
            declaring = declaring.GetGenericTypeDefinition();
            method = declaring.GetMethods().Single(one => one.MetadataToken == method.MetadataToken);
        }

        var generic = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
        var arity = generic.IsGenericMethod ? $"``{generic.GetGenericArguments().Length}" : "";
        var parameters = generic.GetParameters().Select(parameter => IdOf(parameter.ParameterType)).ToList();
        var list = parameters.Count > 0 ? $"({string.Join(',', parameters)})" : "";
        return All.GetValueOrDefault($"M:{declaring.FullName}.{method.Name}{arity}{list}");
    }

    /// <summary>Returns the documentation of a property in the record that declares it; null when there is none.</summary>
    public static XElement? Of(PropertyInfo property) =>
        All.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}");

    /// <summary>Returns the text of an element, with the names of its references.</summary>
    public static string TextOf(XElement? element) => string.Join(' ', string.Concat(element?.DescendantNodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } reference => ((string?)reference.Attribute("cref") ?? "").Split('.')[^1],
        _ => "",
    }) ?? []).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string IdOf(Type type)
    {
        if (type.IsGenericMethodParameter)
            return $"``{type.GenericParameterPosition}";
        if (type.IsGenericParameter)
            return $"`{type.GenericParameterPosition}";
        if (type.IsArray)
            return $"{IdOf(type.GetElementType()!)}[]";
        if (!type.IsGenericType)
            return type.FullName!.Replace('+', '.');
        var name = type.GetGenericTypeDefinition().FullName!;
        return $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(IdOf))}}}";
    }
}
