using System.Text.Json.Nodes;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Tests;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Compares the OpenAPI document of the server with the table of served operations.</summary>
public sealed class DescriptionTests
{
    private const string References = "#/components/";

    [Theory]
    [InlineData("/api/v1/spec")]
    [InlineData("/v1/spec")]
    public async Task Document_Describes_EveryOperationOfTheTable(string path)
    {
        var document = await DescriptionAsync(path);

        Problems.AssertNone("operation without a whole description", SpecTables.Served.SelectMany(operation =>
            document["paths"]?[$"/api/v1{operation.Path}"]?[operation.Verb.ToLowerInvariant()] is JsonObject found
                ? Missing(operation, found).Select(what => $"{operation.Name}: {what}")
                : [$"{operation.Name} is not there"]));
        Assert.Equal(SpecTables.Served.Count, document["paths"]!.AsObject().Sum(one => one.Value!.AsObject().Count));
    }

    [Fact]
    public async Task Document_Refers_OnlyToWhatItHolds()
    {
        var document = await DescriptionAsync("/api/v1/spec");

        Problems.AssertNone("reference to nothing", from reference in ReferencesIn(document).Distinct()
                                                    where Find(document, reference) is null
                                                    select reference);
    }

    /// <summary>An empty schema comes from a custom converter that is not described.</summary>
    [Fact]
    public async Task Schema_OfARecord_SaysWhatEveryFieldIs()
    {
        var document = await DescriptionAsync("/api/v1/spec");
        string[] shapes = ["type", "$ref", "anyOf", "oneOf"];
        // These fields accept any JSON.
        string[] any = ["args", "data", "debug", "input", "message", "old", "new", "reason", "replacement", "options", "value", "details", "result"];

        Problems.AssertNone("field without a type",
            from schema in document["components"]!["schemas"]!.AsObject()
            from field in schema.Value!["properties"]?.AsObject() ?? []
            where !any.Contains(field.Key) && !shapes.Any(field.Value!.AsObject().ContainsKey)
            select $"{schema.Key}.{field.Key}");
    }

    private static IEnumerable<string> Missing(SpecOperation operation, JsonObject found)
    {
        if ((string?)found["operationId"] != operation.Name)
            yield return "its operationId";
        if (string.IsNullOrEmpty((string?)found["summary"]) || found["tags"]?.AsArray().Count != 1)
            yield return "summary or tag";
        if (operation.Verb != "GET" && !HasSchemas(found["requestBody"]))
            yield return "the schema of its body";
        if (!HasSchemas(found["responses"]?["200"]))
            yield return "the schema of its answer";
        if (found["responses"]?["4XX"] is null)
            yield return "the error body";
        if (operation.Streams && found["responses"]?["200"]?["content"]?["application/jsonl"] is null)
            yield return "its stream";
        var inPath = (found["parameters"]?.AsArray() ?? []).Where(one => (string?)one!["in"] == "path").Select(one => $"{{{one!["name"]}}}");
        if (!inPath.Order().SequenceEqual(operation.Path.Split('/').Where(segment => segment.StartsWith('{')).Order()))
            yield return "the parameters of its path";
    }

    private static bool HasSchemas(JsonNode? part) =>
        part?["content"]?.AsObject() is { Count: > 0 } content && content.All(one => one.Value?["schema"]?.AsObject().Count > 0);

    private static IEnumerable<string> ReferencesIn(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(field => field.Key == "$ref" ? [(string)field.Value!] : ReferencesIn(field.Value)),
        JsonArray many => many.SelectMany(ReferencesIn),
        _ => [],
    };

    private static JsonNode? Find(JsonNode document, string reference) => reference.StartsWith(References, StringComparison.Ordinal)
        ? reference[2..].Split('/').Aggregate((JsonNode?)document, (node, name) => node?[name])
        : null;

    private static async Task<JsonNode> DescriptionAsync(string path)
    {
        var data = Directory.CreateTempSubdirectory("chatbotkit-description-");
        try
        {
            await using var app = await ChatBotKitServer.StartAsync(
                ["--urls", "http://127.0.0.1:0", "--CHATBOTKIT_DATA_DIR", data.FullName],
                builder => builder.Logging.ClearProviders(),
                cancellationToken: TestContext.Current.CancellationToken);
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            return JsonNode.Parse(await client.ReadTextAsync(path))!;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
