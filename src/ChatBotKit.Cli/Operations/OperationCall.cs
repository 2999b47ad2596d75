using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli.Operations;

/// <summary>One call of an operation with what was typed for it.</summary>
internal sealed class OperationCall(
    Operation operation, IReadOnlyList<string> ids, IReadOnlyList<(OperationField Field, string? Text)> values, string? body)
{
    /// <returns>The program's exit code.</returns>
    public async Task<int> RunAsync(Surroundings surroundings, ChatBotKitClient client, OutputFormat format, CancellationToken cancellationToken)
    {
        var writer = new ResultWriter(surroundings, format);
        var path = operation.PathWith(ids);
        var options = Options(surroundings) with { CancellationToken = cancellationToken };
        if (format == OutputFormat.JsonLines && operation.Streams && !operation.IsList)
            await writer.WriteAsync(ResultWriter.ToJsonItems(client.ClientFetch<JsonElement, RunEvent>(path, options)));
        else if (operation.IsList && format != OutputFormat.Json)
            await writer.WriteAsync(format == OutputFormat.JsonLines ? client.ClientFetch<JsonNode, JsonNode>(path, options) : await PageAsync(client, path, options));
        else
            await writer.WriteAsync(await client.ClientFetch<JsonNode, JsonNode>(path, options));
        return ExitCodes.Success;
    }

    private static async Task<IAsyncEnumerable<JsonNode?>> PageAsync(ChatBotKitClient client, string path, ClientFetchOptions options)
    {
        var page = await client.ClientFetch<JsonNode, JsonNode>(path, options);
        return (page["items"] as JsonArray ?? []).ToAsyncEnumerable();
    }

    private ClientFetchOptions Options(Surroundings surroundings)
    {
        var query = new Dictionary<string, object?>();
        var record = body is null ? [] : FieldValues.ParseBody(body, surroundings.In);
        foreach (var (field, text) in values)
        {
            if (field.IsQuery)
                query[field.Name] = QueryValue(field, text!);
            else
                FieldValues.Set(record, field.Name, FieldValues.Parse(field, text!));
        }

        return operation.Verb == "GET"
            ? new ClientFetchOptions { Query = query }
            : new ClientFetchOptions { Method = new HttpMethod(operation.Verb), Query = query, Record = record };
    }

    /// <summary>An object in the query is sent key by key.</summary>
    private static object QueryValue(OperationField field, string text) =>
        field.IsJson && FieldValues.Parse(field, text) is JsonObject keys
            ? keys.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value?.ToString())).ToList()
            : text;
}
