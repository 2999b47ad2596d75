using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli.Operations;

/// <summary>One call of an operation with the values of the command line.</summary>
internal sealed class OperationCall(
    Operation operation, IReadOnlyList<string> ids, IReadOnlyList<(OperationField Field, string Text)> values, string? body)
{
    private const string Body = "--body";

    /// <returns>The program's exit code.</returns>
    public async Task<int> RunAsync(Surroundings surroundings, ChatBotKitClient client, OutputFormat format, CancellationToken cancellationToken)
    {
        var writer = new ResultWriter(surroundings, format);
        var path = operation.PathWith(ids);
        var options = await OptionsAsync(surroundings, cancellationToken) with { CancellationToken = cancellationToken };
        if (format == OutputFormat.JsonLines && operation.Streams && !operation.IsList)
            await writer.WriteAsync(ResultWriter.ToJsonItems(client.ClientFetch<JsonElement, RunEvent>(path, options)));
        else if (operation.IsList && format == OutputFormat.JsonLines)
            await writer.WriteAsync(client.ClientFetch<JsonNode, JsonNode>(path, options));
        else if (operation.IsList && format == OutputFormat.Table)
            await WritePageAsync(surroundings, writer, await client.ClientFetch<JsonNode, JsonNode>(path, options));
        else
            await writer.WriteAsync(await client.ClientFetch<JsonNode, JsonNode>(path, options));
        return ExitCodes.Success;
    }

    private static async Task WritePageAsync(Surroundings surroundings, ResultWriter writer, JsonNode page)
    {
        var items = page["items"] as JsonArray ?? [];
        await writer.WriteAsync(items.ToAsyncEnumerable());
        if (items.Count > 0 && page["cursor"] is JsonValue cursor && cursor.ToString() is { Length: > 0 } next)
            await surroundings.Error.WriteLineAsync($"There may be more: --cursor {next}, or --jsonl for all.");
    }

    private async Task<ClientFetchOptions> OptionsAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        var query = new Dictionary<string, object?>();
        var record = await BodyAsync(surroundings, cancellationToken);
        foreach (var (field, typed) in values)
        {
            var text = field.IsId ? typed : (await surroundings.Texts.ReadAsync($"--{field.Name}", typed, cancellationToken))!;
            if (field.IsQuery)
                query[field.Name] = QueryValue(field, text);
            else
                FieldValues.Set(record, field.Name, FieldValues.Parse(field, text));
        }

        return operation.Verb == "GET"
            ? new ClientFetchOptions { Query = query }
            : new ClientFetchOptions { Method = new HttpMethod(operation.Verb), Query = query, Record = record };
    }

    // A single dash means the same as @-, as in many programs.
    private async Task<JsonObject> BodyAsync(Surroundings surroundings, CancellationToken cancellationToken) => body switch
    {
        null => [],
        "-" => FieldValues.ParseBody(await surroundings.Texts.ReadInputAsync(Body, cancellationToken)),
        _ => FieldValues.ParseBody((await surroundings.Texts.ReadAsync(Body, body, cancellationToken))!),
    };

    /// <summary>Adds a field to the query. An object is sent key by key.</summary>
    private static object QueryValue(OperationField field, string text) =>
        field.IsJson && FieldValues.Parse(field, text) is JsonObject keys
            ? keys.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value?.ToString())).ToList()
            : text;
}
