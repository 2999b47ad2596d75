using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CsvHelper;
using CsvHelper.Configuration;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Writes a list as CSV, with the members of an item as columns. An empty list has the header too. Objects and arrays are written
/// as JSON text. A cell that a spreadsheet would run as a formula is prefixed with an apostrophe.
/// </summary>
internal sealed class CsvListWriter<T> : ListWriter<T>
{
    private static readonly UTF8Encoding WithoutMark = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        ShouldQuote = _ => true,
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = ['=', '+', '-', '@', '\t', '\r'],
        InjectionEscapeCharacter = '\'',
    };

    private readonly HttpResponse _response;
    private readonly Func<T, JsonElement> _read;
    private readonly IReadOnlyList<string> _columns;
    private bool _hasHeader;

    public CsvListWriter(HttpResponse response, JsonTypeInfo<T> type)
        : this(response, item => JsonSerializer.SerializeToElement(item, type), ColumnsOf(type))
    {
    }

    public CsvListWriter(HttpResponse response, Func<T, JsonElement> read, IReadOnlyList<string> columns)
    {
        StreamHeaders.Apply(response, ResponseFormat.Csv);
        _response = response;
        _read = read;
        _columns = columns;
    }

    /// <summary>Returns the members of an item in their order.</summary>
    public static IReadOnlyList<string> ColumnsOf(JsonTypeInfo type) =>
        [.. type.Properties.Where(property => !property.IsExtensionData).Select(property => property.Name)];

    public override async Task WriteAsync(IReadOnlyList<T> items, CancellationToken cancellationToken)
    {
        var text = new StreamWriter(_response.Body, WithoutMark, leaveOpen: true);
        await using var csv = new CsvWriter(text, Configuration);
        if (!_hasHeader)
        {
            await WriteRowAsync(csv, _columns);
            _hasHeader = true;
        }

        foreach (var item in items)
        {
            var json = _read(item);
            await WriteRowAsync(csv, _columns.Select(column => Cell(json, column)));
        }
    }

    public override Task EndAsync(string? cursor, CancellationToken cancellationToken) =>
        _hasHeader ? Task.CompletedTask : WriteAsync([], cancellationToken);

    private static Task WriteRowAsync(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell);
        return csv.NextRecordAsync();
    }

    private static string Cell(JsonElement item, string column)
    {
        if (!item.TryGetProperty(column, out var value) || value.ValueKind == JsonValueKind.Null)
            return "";
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
    }
}
