using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Faults.Contract;

/// <summary>The operations in the OpenAPI document of a server.</summary>
internal sealed class ApiDescription
{
    private readonly JsonNode _document;

    private ApiDescription(JsonNode document)
    {
        _document = document;
        Operations = [.. from path in document["paths"]!.AsObject()
                         from verb in path.Value!.AsObject()
                         select Read(path.Key, verb.Key, verb.Value!)];
    }

    public IReadOnlyList<DescribedOperation> Operations { get; }

    public static async Task<ApiDescription> ReadAsync(HttpClient client) =>
        Parse(await client.ReadTextAsync("spec"));

    public static ApiDescription Parse(string document) => new(JsonNode.Parse(document)!);

    /// <summary>Resolves a reference to a schema.</summary>
    public JsonObject Resolve(JsonNode schema)
    {
        var found = schema.AsObject();
        while (found["$ref"] is { } reference)
            found = Find((string)reference!);
        return found;
    }

    private JsonObject Find(string reference) =>
        reference[2..].Split('/').Aggregate(_document, (node, name) => node[name]!).AsObject();

    private DescribedOperation Read(string path, string verb, JsonNode operation) => new(
        (string)operation["operationId"]!,
        verb.ToUpperInvariant(),
        path,
        [.. (operation["parameters"]?.AsArray() ?? []).Select(one => Resolve(one!)).Select(Parameter)],
        Schemas(operation["requestBody"]?["content"]),
        Schemas(operation["responses"]!["200"]!["content"]),
        operation["security"]?.AsArray().Any(one => one!.AsObject().Count == 0) == true);

    private static DescribedParameter Parameter(JsonObject parameter) =>
        new((string)parameter["name"]!, (string)parameter["in"]!, parameter["schema"]!.AsObject());

    private static Dictionary<string, JsonObject> Schemas(JsonNode? content) =>
        content?.AsObject().ToDictionary(one => one.Key, one => one.Value!["schema"]!.AsObject()) ?? [];
}

/// <param name="Id">The name.</param>
/// <param name="Verb">The HTTP method.</param>
/// <param name="Path">The path, with its parameters in braces.</param>
/// <param name="Parameters">The parameters of path, query and headers.</param>
/// <param name="Bodies">The schema of a body by its media type.</param>
/// <param name="Answers">The schema of a successful response by its media type.</param>
/// <param name="IsAnonymous">Whether it needs no credential.</param>
internal sealed record DescribedOperation(
    string Id,
    string Verb,
    string Path,
    IReadOnlyList<DescribedParameter> Parameters,
    IReadOnlyDictionary<string, JsonObject> Bodies,
    IReadOnlyDictionary<string, JsonObject> Answers,
    bool IsAnonymous);

internal sealed record DescribedParameter(string Name, string Place, JsonObject Schema);
