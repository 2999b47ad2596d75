using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Creates arguments for the methods of the SDK. Every field is set, and all texts are different.</summary>
internal sealed class Samples(string existingFile)
{
    private const int MaxDepth = 8;
    private const string Prefix = "sample-";

    private static readonly HashSet<Type> Lists =
        [typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(IEnumerable<>), typeof(IList<>), typeof(ICollection<>)];

    private int _count;

    public static bool IsText(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether a segment of a path is one of the arguments.</summary>
    public bool IsArgument(string segment) => IsText(segment) || segment == existingFile;

    public object? For(ParameterInfo parameter) => (parameter.Name, parameter.ParameterType) switch
    {
        (_, var type) when type == typeof(CancellationToken) => TestContext.Current.CancellationToken,
        (_, var type) when type == typeof(IProgress<long>) => null,
        (_, var type) when type == typeof(string) && IsFileOfThisMachine(parameter) => existingFile,
        // A media type is validated before the request is sent.
        ("type" or "contentType" or "mediaType", var type) when type == typeof(string) => "text/plain",
        (_, var type) => Of(type, depth: 0),
    };

    /// <summary>
    /// Whether the argument is the path of a local file. If the method also takes a path in the API, that has another name.
    /// </summary>
    private static bool IsFileOfThisMachine(ParameterInfo parameter)
    {
        var names = ((MethodBase)parameter.Member).GetParameters().Select(one => one.Name).ToList();
        return parameter.Member.Name == "UploadFileAsync" && parameter.Name == (names.Contains("sourcePath") ? "sourcePath" : "path");
    }

    private object? Of(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Simple(type) is { } simple)
            return simple;
        if (depth > MaxDepth)
            return null;
        if (type.IsGenericType && Generic(type, depth) is { } generic)
            return generic;
        return Instance(Concrete(type), depth);
    }

    private object? Simple(Type type) => type switch
    {
        _ when type == typeof(string) => $"{Prefix}{++_count}",
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 7,
        _ when type == typeof(long) => 7L,
        _ when type == typeof(double) => 2.5,
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.FromUnixTimeMilliseconds(1767225600001),
        _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(7),
        _ when type == typeof(Uri) => new Uri($"https://example.com/{++_count}"),
        _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>([0, 1, 2]),
        _ when type == typeof(Stream) => new MemoryStream([0, 1, 2]),
        _ when type == typeof(JsonElement) => JsonElement.Parse("{}"),
        _ when type == typeof(JsonObject) || type == typeof(JsonNode) => new JsonObject(),
        _ => null,
    };

    private object? Generic(Type type, int depth)
    {
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GetGenericArguments();
        if (definition == typeof(Optional<>))
            return Activator.CreateInstance(type, Of(arguments[0], depth + 1));
        if (definition == typeof(JsonTypeInfo<>))
            return ChatBotKitJson.ClientOptions.GetTypeInfo(arguments[0]);
        if (Lists.Contains(definition))
        {
            var list = Array.CreateInstance(arguments[0], 1);
            list.SetValue(Of(arguments[0], depth + 1), 0);
            return list;
        }

        if (definition == typeof(IAsyncEnumerable<>))
        {
            return typeof(Samples).GetMethod(nameof(One), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(arguments).Invoke(null, [Of(arguments[0], depth + 1)]);
        }

        if (definition != typeof(IReadOnlyDictionary<,>) && definition != typeof(IDictionary<,>))
            return null;
        var map = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        map.Add(Of(arguments[0], depth + 1)!, Of(arguments[1], depth + 1));
        return map;
    }

    private static IAsyncEnumerable<T> One<T>(T item) => new[] { item }.ToAsyncEnumerable();

    private static Type Concrete(Type type) => type.IsAbstract
        ? type.Assembly.GetExportedTypes().FirstOrDefault(found => found.IsSubclassOf(type) && !found.IsAbstract) ?? type
        : type;

    private object Instance(Type type, int depth)
    {
        // If there is a constructor for text and one for a record, the record is used.
        var constructor = type.GetConstructors().Where(found => found.GetParameters().Length <= 1)
            .OrderBy(found => found.GetParameters() is [var only] ? only.ParameterType == typeof(string) ? 2 : 1 : 0)
            .FirstOrDefault() ?? throw new InvalidOperationException($"Nothing makes a {type.Name}.");
        var instance = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && !type.IsValueType))
        {
            if (property.Name != nameof(ApiObject.AdditionalProperties))
                property.SetValue(instance, Of(property.PropertyType, depth + 1));
        }

        return instance;
    }
}
