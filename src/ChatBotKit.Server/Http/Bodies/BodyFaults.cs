using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Describes what is wrong with a body that could not be deserialized. The serializer stops at the first fault; this class walks
/// the whole document along the same type metadata, so that the caller can fix all faults at once. It is used only for refused
/// bodies.
/// </summary>
internal sealed class BodyFaults
{
    /// <summary>How many faults are reported. A hostile body could otherwise cause megabytes of them.</summary>
    private const int MaxFaults = 20;

    /// <summary>The maximum number of characters of a quoted key.</summary>
    private const int MaxNameLength = 100;

    private readonly List<string> _faults = [];

    private BodyFaults()
    {
    }

    /// <summary>Returns all faults of the body, separated by <c>"; "</c>.</summary>
    public static string Describe(ReadOnlyMemory<byte> body, JsonTypeInfo type) => Find(body, type) ?? "The request body is not valid, or holds a key twice";

    /// <summary>Returns all faults of the body; null when there are none.</summary>
    public static string? Find(ReadOnlyMemory<byte> body, JsonTypeInfo type)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = JsonRules.MaxDepth });
        }
        catch (JsonException exception)
        {
            return Malformed(body, exception);
        }

        using (document)
        {
            var faults = new BodyFaults();
            faults.Check(document.RootElement, type, "");
            return faults._faults.Count == 0 ? null : string.Join("; ", faults._faults);
        }
    }

    private static string Malformed(ReadOnlyMemory<byte> body, JsonException exception)
    {
        try
        {
            JsonDocument.Parse(body, JsonRules.Stored).Dispose();
            return $"The request body may not be nested deeper than {JsonRules.MaxDepth} levels";
        }
        catch (JsonException)
        {
            return exception.LineNumber is { } line && exception.BytePositionInLine is { } position
                ? $"The request body is not valid JSON: line {line + 1}, position {position + 1}"
                : "The request body is not valid JSON";
        }
    }

    private void Check(JsonElement value, JsonTypeInfo type, string path)
    {
        if (_faults.Count >= MaxFaults)
            return;
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind == JsonValueKind.Object:
                CheckMembers(value, type, path);
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind == JsonValueKind.Array:
                var index = 0;
                foreach (var element in value.EnumerateArray())
                {
                    if (_faults.Count >= MaxFaults)
                        return;
                    CheckNested(element, type.ElementType, type.Options, $"{path}[{index++}]");
                }

                break;
            case JsonTypeInfoKind.Dictionary when value.ValueKind == JsonValueKind.Object:
                CheckRepeated(value, path);
                foreach (var member in value.EnumerateObject())
                    CheckNested(member.Value, type.ElementType, type.Options, Join(path, member.Name));
                break;
            default:
                CheckLeaf(value, type, path);
                break;
        }
    }

    private void CheckMembers(JsonElement value, JsonTypeInfo type, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (_faults.Count >= MaxFaults)
                return;
            var property = type.Properties.FirstOrDefault(p => p.Name == member.Name && !p.IsExtensionData);
            var memberPath = Join(path, member.Name);
            if (!seen.Add(member.Name))
                Add(memberPath, "is given twice");
            else if (property is not null)
                CheckProperty(member.Value, property, type.Options, memberPath);
            else if (type.Properties.Any(p => p.IsExtensionData))
                CheckRepeated(member.Value, memberPath);
            else
                Add(memberPath, "is not allowed");
        }

        foreach (var property in type.Properties)
        {
            if (property.IsRequired && !seen.Contains(property.Name))
                Add(Join(path, property.Name), "is required");
        }
    }

    private void CheckProperty(JsonElement value, JsonPropertyInfo property, JsonSerializerOptions options, string path)
    {
        if (value.ValueKind != JsonValueKind.Null)
            CheckNested(value, property.PropertyType, options, path);
        else if (!property.IsSetNullable)
            Add(path, "must not be null");
    }

    private void CheckNested(JsonElement value, Type? type, JsonSerializerOptions options, string path)
    {
        if (type is not null)
            Check(value, options.GetTypeInfo(WireTypes.Unwrap(type)), path);
    }

    private void CheckLeaf(JsonElement value, JsonTypeInfo type, string path)
    {
        if (type.Kind != JsonTypeInfoKind.None)
        {
            Add(path, type.Kind == JsonTypeInfoKind.Enumerable ? "must be an array" : "must be an object");
            return;
        }

        // Only elements of arrays and maps can be null here.
        if (value.ValueKind == JsonValueKind.Null && type.Type == typeof(string))
        {
            Add(path, WireTypes.Expectation(type.Type));
            return;
        }

        if (CheckRepeated(value, path))
            return;
        try
        {
            value.Deserialize(type);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            Add(path, WireTypes.Expectation(type.Type));
        }
    }

    /// <summary>Finds duplicate keys in data without a type.</summary>
    private bool CheckRepeated(JsonElement value, string path)
    {
        var repeated = RepeatedKeys.Find(value, path, MaxFaults - _faults.Count);
        foreach (var key in repeated)
            Add(key, "is given twice");
        return repeated.Count > 0;
    }

    private void Add(string path, string fault)
    {
        if (_faults.Count < MaxFaults)
            _faults.Add(path.Length == 0 ? $"The request body {fault}" : $"\"{path}\" {fault}");
    }

    /// <summary>Returns the path of a member. A long name is shortened.</summary>
    public static string Join(string path, string name)
    {
        var quoted = FaultText.Clip(name, MaxNameLength);
        return path.Length == 0 ? quoted : $"{path}.{quoted}";
    }
}
