using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ChatBotKit.Cli.Output;

/// <summary>Writes what calls have answered.</summary>
internal sealed class ResultWriter(Surroundings surroundings, OutputFormat format)
{
    private const int MaxCell = 60;
    private const int PipeWidth = 240;

    /// <summary>One thing: as JSON, or as a table of names and values.</summary>
    public async Task WriteAsync(JsonNode? result)
    {
        if (format != OutputFormat.Table || result is not JsonObject item)
            await surroundings.Out.WriteLineAsync(Text(result, indented: format != OutputFormat.JsonLines));
        else
            Print(TableOf(item));
    }

    /// <summary>A list. Lines are written as they arrive; a document and a table when all is there.</summary>
    public async Task WriteAsync(IAsyncEnumerable<JsonNode?> items)
    {
        if (format == OutputFormat.JsonLines)
        {
            await foreach (var item in items)
            {
                await surroundings.Out.WriteLineAsync(Text(item, indented: false));
                await surroundings.Out.FlushAsync();
            }

            return;
        }

        var all = new List<JsonNode?>();
        await foreach (var item in items)
            all.Add(item);
        if (format == OutputFormat.Json)
            await surroundings.Out.WriteLineAsync(Text(new JsonArray([.. all.Select(item => item?.DeepClone())]), indented: true));
        else
            Print(TableOf(all));
    }

    /// <summary>A record of the API as JSON.</summary>
    public static JsonNode? ToJson<T>(T record) =>
        JsonSerializer.SerializeToNode(record, ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(T)));

    public static async IAsyncEnumerable<JsonNode?> ToJsonItems<T>(IAsyncEnumerable<T> records)
    {
        await foreach (var record in records)
            yield return ToJson(record);
    }

    private static Table TableOf(JsonObject item)
    {
        var table = new Table().Border(TableBorder.Minimal).HideHeaders().AddColumns("", "");
        foreach (var (name, value) in item.Where(field => field.Value is not null))
            table.AddRow(Markup.Escape(name), Markup.Escape(Cell(name, value)));
        return table;
    }

    private static Table TableOf(List<JsonNode?> items)
    {
        var names = items.OfType<JsonObject>().SelectMany(item => item)
            .Where(field => field.Value is not null).Select(field => field.Key).Distinct().Take(8).ToList();
        var table = new Table().Border(TableBorder.Minimal);
        if (names.Count == 0)
            return table.AddColumn("nothing");
        foreach (var name in names)
            table.AddColumn(Markup.Escape(name));
        foreach (var item in items.OfType<JsonObject>())
            table.AddRow([.. names.Select(name => Markup.Escape(Shorten(Cell(name, item[name]))))]);
        return table;
    }

    private static string Cell(string name, JsonNode? value) => value switch
    {
        null => "",
        JsonValue when name.EndsWith("At", StringComparison.Ordinal) && value.GetValueKind() == JsonValueKind.Number =>
            DateTimeOffset.FromUnixTimeMilliseconds((long)double.Parse(Text(value, indented: false), CultureInfo.InvariantCulture)).ToString("u"),
        JsonValue when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => Text(value, indented: false),
    };

    private static string Shorten(string text)
    {
        text = text.ReplaceLineEndings(" ");
        return text.Length <= MaxCell ? text : $"{text[..(MaxCell - 1)]}…";
    }

    private static string Text(JsonNode? node, bool indented)
    {
        if (node is null)
            return "null";
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            node.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Print(Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(surroundings.Out),
            Ansi = surroundings.IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = surroundings.IsInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        // A file has no width that a table would have to fit into.
        if (!surroundings.IsInteractive)
            console.Profile.Width = PipeWidth;
        console.Write(table);
    }
}
