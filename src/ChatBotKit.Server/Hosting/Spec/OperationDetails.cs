using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatBotKit.Server.Hosting;

/// <summary>The parts of an operation's description that the framework can't derive from its handler.</summary>
internal static partial class OperationDetails
{
    private static readonly string[] RawBody = ["application/octet-stream"];

    public static Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = new EndpointMetadataCollection(context.Description.ActionDescriptor.EndpointMetadata);
        var document = context.Document!;
        operation.Tags = new HashSet<OpenApiTagReference> { new(TagOf(context.Description.RelativePath!), document) };
        AddAccess(operation, metadata.GetMetadata<AccessRule>()!, document);
        AddPathParameters(operation, context.Description.RelativePath!);
        AddParameters(operation, metadata, document);
        if (metadata.GetMetadata<FileBody>() is { } body)
            operation.RequestBody = BodyOf(body, document);
        if (metadata.GetMetadata<RecordsBody>() is { } records)
            operation.RequestBody = BodyOf(records);
        if (metadata.GetMetadata<TextBody>() is not null)
            operation.RequestBody = TextRequest();
        AddAnswers(operation, metadata, document);
        return Task.CompletedTask;
    }

    /// <summary>Returns the resource of an operation: the words of its path without the last one, which is the verb. A single word is no verb.</summary>
    private static string TagOf(string path)
    {
        string[] words = [.. path.Split('?')[0].Split('/').Skip(2).Where(segment => !segment.StartsWith('{'))];
        return words.Length == 1 ? words[0] : string.Join('.', words.SkipLast(1));
    }

    private static void AddAccess(OpenApiOperation operation, AccessRule access, OpenApiDocument document)
    {
        operation.Description = access switch
        {
            { IsAnonymous: true, IsOptional: true } => "Needs no credential.",
            { IsAnonymous: true } => "Needs no credential if the address carries a `token`.",
            { IsOptional: true } => "For API tokens, and for callers without a credential when the resource is public.",
            { Session: null } => "For API tokens.",
            { Session: SessionPermissions.None } => "For API tokens and the conversation's session tokens.",
            { Session: { } permission } =>
                $"For API tokens, and session tokens with the permission `{string.Join("`, `", SessionPermissionNames.Of(permission))}`.",
        };
        if (access.IsAnonymous || access.IsOptional)
            operation.Security = [new OpenApiSecurityRequirement(), SpecDocument.Bearer(document)];
    }

    /// <summary>Adds path parameters that the framework does not see because the handler reads them from the route itself.</summary>
    private static void AddPathParameters(OpenApiOperation operation, string path)
    {
        operation.Parameters ??= [];
        foreach (Match match in PathParameter().Matches(path))
        {
            var name = match.Groups[1].Value;
            if (operation.Parameters.Any(parameter => parameter.Name == name))
                continue;
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    private static void AddParameters(OpenApiOperation operation, EndpointMetadataCollection metadata, OpenApiDocument document)
    {
        operation.Parameters ??= [];
        var fields = metadata.GetOrderedMetadata<QueryFields>().SelectMany(fields => fields.Read());
        foreach (var field in metadata.GetOrderedMetadata<QueryField>().Concat(fields))
            operation.Parameters.Add(ParameterOf(field));
        if (metadata.GetMetadata<IdempotentRoute>() is not null)
            operation.Parameters.Add(new OpenApiParameterReference(SpecDocument.IdempotencyKey, document));
        if (operation.Parameters.Count == 0)
            operation.Parameters = null;
    }

    private static OpenApiParameter ParameterOf(QueryField field)
    {
        var isMeta = field.Name == QueryField.Meta;
        return new()
        {
            Name = field.Name,
            In = ParameterLocation.Query,
            Description = field.Description,
            Style = isMeta ? ParameterStyle.DeepObject : null,
            Explode = true,
            Schema = new OpenApiSchema
            {
                Type = isMeta ? JsonSchemaType.Object : field.IsInteger ? JsonSchemaType.Integer : JsonSchemaType.String,
                AdditionalProperties = isMeta ? new OpenApiSchema { Type = JsonSchemaType.String } : null,
                Minimum = field.IsInteger ? "0" : null,
                Enum = field.Choices.Length == 0 ? null : [.. field.Choices.Select(choice => (JsonNode)choice)],
            },
        };
    }

    private static OpenApiRequestBody BodyOf(FileBody body, OpenApiDocument document)
    {
        var content = RawBody.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = Bytes() });
        if (body.Description is { } description)
        {
            content["multipart/form-data"] = new() { Schema = FileForm() };
            content["application/json"] = new() { Schema = new OpenApiSchemaReference(description.Name, document) };
        }

        return new() { Required = true, Content = content, Description = "The bytes of the file, under any media type." };
    }

    private static OpenApiRequestBody BodyOf(RecordsBody body) => new()
    {
        Required = true,
        Content = body.Types.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = Text("A record on each line; as CSV, the first line names the columns.") }),
    };

    private static OpenApiRequestBody TextRequest() => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType> { ["text/plain"] = new() { Schema = Text("Any text, under any media type.") } },
    };

    private static OpenApiSchema FileForm() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = Bytes() },
        Required = new HashSet<string> { "file" },
    };

    private static void AddAnswers(OpenApiOperation operation, EndpointMetadataCollection metadata, OpenApiDocument document)
    {
        operation.Responses ??= [];
        var good = (OpenApiResponse)operation.Responses["200"];
        good.Content ??= new Dictionary<string, OpenApiMediaType>();
        good.Description = "The answer.";
        if (metadata.GetMetadata<FileAnswer>() is not null)
            good.Content["*/*"] = new() { Schema = Bytes() };
        if (metadata.GetMetadata<TextAnswer>() is { } text)
            good.Content[text.MediaType] = new() { Schema = Text("The same as text.") };
        if (metadata.GetMetadata<StreamedAnswer>() is { } stream)
        {
            good.Content["application/jsonl"] = new() { Schema = EventSchemas.LineOf(stream, document) };
            if (stream.Kind != StreamKind.Import)
                good.Content["text/event-stream"] = new() { Schema = Text("Events: `event` is the type of a line of JSON Lines, `data` its data and `id` its number.") };
            if (stream.Kind == StreamKind.List)
                good.Content["text/csv"] = new() { Schema = Text("A table with the fields of an item as columns.") };
        }

        operation.Responses["4XX"] = new OpenApiResponseReference(SpecDocument.Error, document);
        operation.Responses["5XX"] = new OpenApiResponseReference(SpecDocument.Error, document);
    }

    private static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary" };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    [GeneratedRegex(@"\{\*{0,2}(\w+)\}")]
    private static partial Regex PathParameter();
}
