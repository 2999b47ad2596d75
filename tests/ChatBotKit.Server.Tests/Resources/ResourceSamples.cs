using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Tests.Resources;

/// <summary>Values for the fields of kinds, generated from the records.</summary>
internal static class ResourceSamples
{
    /// <summary>
    /// Values of fields that do not accept any value of their type, by kind and field: one for create and one for update.
    /// </summary>
    private static readonly Dictionary<string, (JsonNode First, JsonNode Second)> Odd = new()
    {
        ["bot.model"] = ("extractive", "extractive/temperature=0.5"),
        ["contact.email"] = ("ada@example.com", "eve@example.com"),
        ["integration.support.email"] = ("ada@example.com", "eve@example.com"),
        ["contact.phone"] = ("+359888123456", "+16502530000"),
        ["secret.kind"] = ("shared", "shared"),
        ["integration.extract.model"] = ("extractive", "extractive/temperature=0.5"),
        ["integration.notion.syncSchedule"] = ("daily", "weekly"),
        ["integration.sitemap.syncSchedule"] = ("daily", "weekly"),
        ["integration.widget.origin"] = ("https://shop.example", "https://other.example"),
        ["integration.trigger.schedule"] = ("18:30", "0 9 * * MON"),
        ["integration.trigger.timezone"] = ("Europe/Sofia", "Asia/Tokyo"),
        ["policy.config"] = (new JsonObject { ["expiresInDays"] = 2 }, new JsonObject { ["expiresInDays"] = 3 }),
        ["policy.type"] = ("retention", "retention"),
        ["task.schedule"] = ("daily", "2030-01-31T10:00"),
        ["task.timezone"] = ("Europe/Sofia", "Asia/Tokyo"),
        ["secret.config"] = (new JsonObject { ["clientId"] = "a" }, new JsonObject { ["clientId"] = "b" }),
    };

    private static int _number;

    /// <summary>Returns the fields that a create request requires.</summary>
    public static JsonObject Required(ResourceKind kind)
    {
        var body = new JsonObject();
        foreach (var property in kind.CreateType.Properties.Where(property => property.IsRequired))
            body[property.Name] = Value(kind, property, isSecond: false);
        return body;
    }

    /// <summary>Returns a value of a field; null when it is a reference, or when no value can be generated.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="property">The field of a request.</param>
    /// <param name="isSecond">Whether to return a value that differs from the first one.</param>
    public static JsonNode? Value(ResourceKind kind, JsonPropertyInfo property, bool isSecond)
    {
        var field = property.Name;
        if (kind.Fields.References.Any(reference => reference.Field == field))
            return null;
        if (Odd.TryGetValue($"{kind.Name}.{field}", out var odd))
            return (isSecond ? odd.Second : odd.First).DeepClone();
        if (field == kind.KeyField || field is "slug" or "domain")
            return $"key-of-a-sample-{Interlocked.Increment(ref _number)}";
        return Value(TypeOf(property.PropertyType), kind.ItemType.Options, isSecond, depth: 0);
    }

    /// <summary>Returns a value of a type that the field does not accept.</summary>
    public static JsonNode? Wrong(JsonPropertyInfo property)
    {
        var type = TypeOf(property.PropertyType);
        return type == typeof(JsonNode) || type == typeof(JsonElement) ? null
            : type == typeof(JsonObject) ? JsonValue.Create("text")
            : new JsonObject { ["odd"] = 1 };
    }

    /// <summary>Whether the field accepts any text.</summary>
    public static bool IsText(ResourceKind kind, JsonPropertyInfo property) =>
        TypeOf(property.PropertyType) == typeof(string) && !Odd.ContainsKey($"{kind.Name}.{property.Name}") && IsPlain(kind, property.Name);

    /// <summary>Whether the kit treats the field like any other.</summary>
    public static bool IsPlain(ResourceKind kind, string field) =>
        field != kind.KeyField && !kind.Ignored.Contains(field)
        && kind.Fields.References.All(reference => reference.Field != field && reference.OtherName != field)
        && kind.Secrets.All(secret => secret.Field.Split('.')[0] != field);

    /// <summary>Returns the type of the value in a field that may be optional.</summary>
    public static Type TypeOf(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        return inner.IsGenericType && inner.GetGenericTypeDefinition() == typeof(Optional<>) ? TypeOf(inner.GetGenericArguments()[0]) : inner;
    }

    private static JsonNode? Value(Type type, JsonSerializerOptions options, bool isSecond, int depth)
    {
        if (OpenStrings.ValuesOf(type) is { } choices)
            return choices[isSecond ? ^1 : 0];
        if (type == typeof(string))
            return isSecond ? "another téxt" : "a téxt";
        if (type == typeof(bool))
            return !isSecond;
        if (type == typeof(int) || type == typeof(long))
            return isSecond ? 3 : 2;
        if (type == typeof(double))
            return isSecond ? 0.25 : 0.5;
        if (type == typeof(DateTimeOffset))
            return isSecond ? 4_102_444_800_001 : 4_102_444_800_000;
        if (type == typeof(JsonObject) || type == typeof(JsonNode))
            return new JsonObject { ["key"] = isSecond ? 2.5 : 1, ["nested"] = new JsonObject { ["text"] = "ü" } };
        if (depth > 3)
            return null;
        var info = options.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new JsonArray(Value(TypeOf(info.ElementType!), options, isSecond, depth + 1)),
            JsonTypeInfoKind.Object => Members(info, options, isSecond, depth),
            _ => null,
        };
    }

    private static JsonObject Members(JsonTypeInfo info, JsonSerializerOptions options, bool isSecond, int depth)
    {
        var value = new JsonObject();
        foreach (var property in info.Properties.Where(property => !property.IsExtensionData))
            value[property.Name] = Value(TypeOf(property.PropertyType), options, isSecond, depth + 1);
        return value;
    }
}
