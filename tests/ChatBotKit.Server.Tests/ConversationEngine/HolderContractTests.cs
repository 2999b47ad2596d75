using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>A call of a conversation may go to another process, so its arguments and results are data.</summary>
public sealed class HolderContractTests
{
    private static readonly HashSet<Type> Plain =
        [typeof(string), typeof(TimeSpan), typeof(JsonElement), typeof(ReadOnlyMemory<byte>), typeof(CancellationToken)];

    public static TheoryData<string> Methods() => [.. typeof(IConversationHolder).GetMethods().Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_TakesAndGives_DataAlone(string name)
    {
        var method = typeof(IConversationHolder).GetMethod(name)!;
        var problems = new List<string>();
        foreach (var parameter in method.GetParameters())
            Check(parameter.ParameterType, parameter.Name!, [], problems);
        if (method.ReturnType.IsGenericType)
            Check(method.ReturnType.GetGenericArguments()[0], "result", [], problems);

        Assert.Empty(problems);
    }

    private static void Check(Type type, string path, HashSet<Type> seen, List<string> problems)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            type = value;
        if (type.IsPrimitive || type.IsEnum || Plain.Contains(type) || !seen.Add(type))
            return;
        if (type.IsArray)
        {
            Check(type.GetElementType()!, path, seen, problems);
        }
        else if (type.IsAssignableTo(typeof(IEnumerable)) || type.IsAssignableTo(typeof(ITuple)))
        {
            foreach (var part in type.GetGenericArguments())
                Check(part, path, seen, problems);
        }
        else
        {
            CheckRecord(type, path, seen, problems);
        }
    }

    /// <summary>Checks that a record is immutable, and refers to no row and no resource of the process.</summary>
    private static void CheckRecord(Type type, string path, HashSet<Type> seen, List<string> problems)
    {
        if (type.Namespace?.StartsWith("ChatBotKit", StringComparison.Ordinal) != true || type.Namespace.EndsWith(".Rows", StringComparison.Ordinal)
            || type.IsAssignableTo(typeof(IDisposable)) || type.IsInterface)
            problems.Add($"{path}: {type.Name} is no data");
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.SetMethod is { } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
                problems.Add($"{path}.{property.Name} can be changed");
            // A property that is computed from the others is not serialized.
            if (property.SetMethod is not null)
                Check(property.PropertyType, $"{path}.{property.Name}", seen, problems);
        }
    }
}
