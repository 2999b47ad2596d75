using System.Text.RegularExpressions;
using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// The general parts of the API's description: title, credentials, the error body, and texts that do not depend on a programming
/// language.
/// </summary>
internal static partial class SpecDocument
{
    /// <summary>The name of the schema of the error body, and of the response with it.</summary>
    public const string Error = "Error";

    /// <summary>The name of the parameter for the idempotency header.</summary>
    public const string IdempotencyKey = "IdempotencyKey";

    private const string Scheme = "bearer";

    public static async Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ChatBotKit for .NET",
            Version = typeof(SpecDocument).Assembly.GetName().Version!.ToString(3),
        };
        var components = document.Components ??= new OpenApiComponents();
        components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { [Scheme] = SchemeOfTokens() };
        components.Parameters = new Dictionary<string, IOpenApiParameter> { [IdempotencyKey] = KeyParameter() };
        components.Responses = new Dictionary<string, IOpenApiResponse> { [Error] = ErrorAnswer(document) };
        document.AddComponent(Error, ErrorBody());
        foreach (var body in (Type[])[typeof(AttachmentUploadRequest), typeof(FileUploadRequest), typeof(SpaceStorageUploadRequest)])
            document.AddComponent(body.Name, await context.GetOrCreateSchemaAsync(body, null, cancellationToken));
        await EventSchemas.AddToAsync(document, context, cancellationToken);
        ShareContact(document);
        document.Security = [Bearer(document)];
        var operations = document.Paths.Values.SelectMany(path => path.Operations!.Values).ToList();
        document.Tags = operations.SelectMany(operation => operation.Tags!).Select(tag => tag.Reference.Id!)
            .Distinct().Order(StringComparer.Ordinal).Select(tag => new OpenApiTag { Name = tag }).ToHashSet();
        foreach (var operation in operations)
            Complete(operation);
        foreach (var schema in components.Schemas!.Values)
            Reword(schema);
    }

    public static OpenApiSecurityRequirement Bearer(OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] };

    /// <summary>
    /// Removes a duplicate schema. The framework adds a second one for a record that occurs within the alternatives of another.
    /// </summary>
    private static void ShareContact(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        schemas[nameof(ContactReference)].AnyOf![1] = new OpenApiSchemaReference(nameof(ContactUpsertRequest), document);
        schemas.Remove(nameof(ContactReference) + nameof(ContactUpsertRequest));
    }

    /// <summary>
    /// Marks a body with required fields as required. A body without any may be omitted, and then counts as an empty object.
    /// </summary>
    private static void Complete(OpenApiOperation operation)
    {
        if (operation.RequestBody is OpenApiRequestBody body && body.Content!.Values.Any(content => content.Schema?.Required?.Count > 0))
            body.Required = true;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            parameter.Description ??= DescriptionOf(parameter);
    }

    private static string DescriptionOf(OpenApiParameter parameter) => parameter.Name switch
    {
        "token" => "The permission in a signed address.",
        "from" => "From this time on, in ISO 8601.",
        "to" => "Up to this time, in ISO 8601.",
        "name" => "The name of the file.",
        var name => $"The id of the {name!.Replace("Id", "", StringComparison.Ordinal)}.",
    };

    private static OpenApiSecurityScheme SchemeOfTokens() => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = Scheme,
        Description = "An API token (sk-…) or a session token.",
    };

    private static OpenApiParameter KeyParameter() => new()
    {
        Name = ApiHeaders.IdempotencyKey,
        In = ParameterLocation.Header,
        Description = "A request that is repeated with the same key is not executed again.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Http.IdempotencyKey.MaxLength },
    };

    private static OpenApiResponse ErrorAnswer(OpenApiDocument document) => new()
    {
        Description = "What went wrong.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new() { Schema = new OpenApiSchemaReference(Error, document) },
        },
    };

    private static OpenApiSchema ErrorBody() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "message", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["message"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What went wrong, for people." },
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What went wrong, for programs." },
            ["details"] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "More about some errors, such as the issues of an import." },
            ["retryAfter"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "In an event of a stream: after how many seconds the request may be repeated." },
        },
    };

    /// <summary>Rewrites comments of C# properties, which begin with "Gets" and name other properties as C# does.</summary>
    private static void Reword(IOpenApiSchema? schema)
    {
        if (schema is null)
            return;
        if (schema is OpenApiSchemaReference { Reference.Description: { } own } reference)
            reference.Reference.Description = Reworded(own);
        if (schema is not OpenApiSchema written)
            return;
        written.Description = written.Description is { } text ? Reworded(text) : null;
        foreach (var part in (written.Properties?.Values ?? []).Concat(written.OneOf ?? []).Concat(written.AnyOf ?? []))
            Reword(part);
        Reword(written.Items);
        Reword(written.AdditionalProperties);
    }

    private static string Reworded(string text)
    {
        text = Lines().Replace(Getter().Replace(text, ""), " ");
        text = Members().Replace(text, member => $"`{char.ToLowerInvariant(member.Groups[1].Value[0])}{member.Groups[1].Value[1..]}`");
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    [GeneratedRegex(@"^Gets (or sets )?")]
    private static partial Regex Getter();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex Lines();

    [GeneratedRegex(@"\b\w+\?? [A-Z]\w+\.([A-Z]\w+)\b")]
    private static partial Regex Members();
}
