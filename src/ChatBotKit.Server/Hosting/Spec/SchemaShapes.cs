using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ChatBotKit.Server.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// Schemas of types with custom converters, which the framework can't derive. A value is described as the server writes it; that
/// numbers and booleans are also accepted as strings is not promised.
/// </summary>
internal static class SchemaShapes
{
    /// <summary>Returns the name under which other schemas refer to this one; null for a schema that is written inline.</summary>
    public static string? NameOf(JsonTypeInfo info)
    {
        var type = info.Type;
        if (IsOptional(type, out _) || typeof(JsonNode).IsAssignableFrom(type) || type == typeof(JsonElement))
            return null;
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ListResponse<>)
            ? $"{type.GetGenericArguments()[0].Name}List"
            : OpenApiOptions.CreateDefaultSchemaReferenceId(info);
    }

    public static async Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (IsOptional(type, out var content))
            await WriteOptionalAsync(schema, content, context, cancellationToken);
        else if (Nullable.GetUnderlyingType(type) is { } value)
            WriteSimple(schema, value, JsonSchemaType.Null);
        else if (!await WriteRecordAsync(schema, type, context, cancellationToken))
            WriteSimple(schema, type, context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.Null : default);
        // A whole body is an object; a field may be any JSON.
        if (type == typeof(JsonElement) && context.JsonPropertyInfo is null)
            schema.Type = JsonSchemaType.Object;
        if (context.JsonTypeInfo.ElementType is { } element && OpenStrings.ValuesOf(element) is { } names)
            schema.Items = OneOf(names);
        if (typeof(ApiObject).IsAssignableFrom(type))
            schema.AdditionalPropertiesAllowed = true;
    }

    private static void WriteSimple(OpenApiSchema schema, Type type, JsonSchemaType orNull)
    {
        if (type == typeof(bool))
            schema.Type = JsonSchemaType.Boolean | orNull;
        else if (type == typeof(int) || type == typeof(long))
            schema.Type = JsonSchemaType.Integer | orNull;
        else if (type == typeof(double))
            schema.Type = JsonSchemaType.Number | orNull;
        else if (type == typeof(DateTimeOffset))
            (schema.Type, schema.Format, schema.Description) = (JsonSchemaType.Integer | orNull, "int64", Join(schema.Description, "In milliseconds since 1970."));
        else if (type == typeof(JsonObject))
            schema.Type = JsonSchemaType.Object | orNull;
        else if (type == typeof(string))
            schema.Type ??= JsonSchemaType.String | orNull;
        else if (OpenStrings.ValuesOf(type) is { } values)
            (schema.Type, schema.Enum) = (JsonSchemaType.String, OneOf(values).Enum);
        else if (schema.Pattern is not null && schema.Type is { } both)
            (schema.Type, schema.Pattern) = (both & ~JsonSchemaType.String, null);
    }

    private static async Task<bool> WriteRecordAsync(
        OpenApiSchema schema, Type type, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (type == typeof(ContactReference))
            schema.AnyOf = [Text("The id of the contact."), await context.GetOrCreateSchemaAsync(typeof(ContactUpsertRequest), null, cancellationToken)];
        else if (type == typeof(AttachmentFile))
            schema.AnyOf = [Text("A http, https or data URL."), await context.GetOrCreateSchemaAsync(typeof(AttachmentFileDescription), null, cancellationToken)];
        else if (type == typeof(SpaceStorageFile))
            schema.AnyOf = [Text("A http, https or data URL."), await context.GetOrCreateSchemaAsync(typeof(SpaceStorageFileDescription), null, cancellationToken)];
        else if (type == typeof(GraphQlError))
            schema.AdditionalProperties = new OpenApiSchema { Description = "As the specification of GraphQL defines it: places, and a code." };
        else if (type == typeof(TokenEventData))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Required = new HashSet<string> { "type", "token" };
            schema.Properties = new Dictionary<string, IOpenApiSchema> { ["type"] = Text("Who speaks."), ["token"] = Text("The text.") };
        }
        else
            return false;
        return true;
    }

    private static async Task WriteOptionalAsync(
        OpenApiSchema schema, Type content, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // A property without a comment would get that of its type, which is for C# programs.
        if (context.JsonPropertyInfo is null)
            schema.Description = null;
        if (content == typeof(string))
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        else if (OpenStrings.ValuesOf(content) is not null || (content.IsClass && !typeof(JsonNode).IsAssignableFrom(content)))
            schema.AnyOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, await context.GetOrCreateSchemaAsync(content, null, cancellationToken)];
        else
            WriteSimple(schema, content, JsonSchemaType.Null);
    }

    private static bool IsOptional(Type type, out Type content)
    {
        var isOptional = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);
        content = isOptional ? type.GetGenericArguments()[0] : type;
        return isOptional;
    }

    private static OpenApiSchema OneOf(IReadOnlyList<string> values) =>
        new() { Type = JsonSchemaType.String, Enum = [.. values.Select(value => (JsonNode)value)] };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static string Join(string? first, string second) => first is null ? second : $"{first} {second}";
}
