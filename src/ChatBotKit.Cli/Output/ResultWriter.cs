using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Cli.Output;

/// <summary>Writes the answers of calls.</summary>
internal sealed class ResultWriter(Surroundings surroundings, OutputFormat format)
{
    /// <summary>Writes one record: as JSON, or as a table of names and values.</summary>
    public async Task WriteAsync(JsonNode? result)
    {
        if (format != OutputFormat.Table || result is not JsonObject item)
            await surroundings.Out.WriteLineAsync(JsonText.Of(result, indented: format != OutputFormat.JsonLines));
        else
            new TableWriter(surroundings).Write(item);
    }

    /// <summary>Writes a list. Lines are written as they arrive; a document and a table are written at the end.</summary>
    public async Task WriteAsync(IAsyncEnumerable<JsonNode?> items)
    {
        if (format == OutputFormat.JsonLines)
        {
            await foreach (var item in items)
            {
                await surroundings.Out.WriteLineAsync(JsonText.Of(item, indented: false));
                await surroundings.Out.FlushAsync();
            }

            return;
        }

        var all = new List<JsonNode?>();
        await foreach (var item in items)
            all.Add(item);
        if (format == OutputFormat.Json)
            await surroundings.Out.WriteLineAsync(JsonText.Of(new JsonArray([.. all.Select(item => item?.DeepClone())]), indented: true));
        else
            new TableWriter(surroundings).Write(all);
    }

    /// <summary>Creates the JSON of a record of the API.</summary>
    public static JsonNode? ToJson<T>(T record) =>
        JsonSerializer.SerializeToNode(record, ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(T)));

    public static async IAsyncEnumerable<JsonNode?> ToJsonItems<T>(IAsyncEnumerable<T> records)
    {
        await foreach (var record in records)
            yield return ToJson(record);
    }
}
