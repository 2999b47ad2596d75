using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>
/// Rows as CSV (RFC 4180) in UTF-8, whose first line names the columns: <c>text</c>, and optionally <c>source</c>, <c>id</c>,
/// <c>meta</c> with a JSON object, and <c>meta.key</c> for single values of it. The columns are read from whole rows, so that a row
/// without an end takes no more memory than any other.
/// </summary>
internal sealed class CsvRows(ImportLines lines) : IImportRows
{
    private const string MetaPrefix = "meta.";

    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        HasHeaderRecord = false,
        BadDataFound = static data => throw new BadDataException(data.Field, data.RawRecord, data.Context),
    };

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private List<string>? _columns;

    /// <exception cref="ApiException">400: the first line does not name the columns.</exception>
    public async ValueTask<ImportRow?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await ReadCellsAsync(cancellationToken) is var (number, cells, fault))
        {
            if (_columns is null)
            {
                _columns = fault is null ? ColumnsOf(cells) : throw ApiException.BadRequest($"The first line must name the columns: {fault}");
                continue;
            }

            return fault is not null ? ImportRow.Bad(number, fault)
                : cells.Count != _columns.Count ? ImportRow.Bad(number, $"The row has {cells.Count} cells, and the first line names {_columns.Count} columns")
                : RowOf(number, cells);
        }

        return null;
    }

    private static List<string> ColumnsOf(IReadOnlyList<string> names)
    {
        var columns = names.Select(name => name.Trim()).ToList();
        if (columns.Find(name => name is not ("text" or "source" or "id" or "meta" or "createdAt" or "updatedAt") && !IsOfMeta(name)) is { } unknown)
            throw ApiException.BadRequest($"The column \"{FaultText.Clip(unknown, 100)}\" is not allowed; use text, source, id, meta or {MetaPrefix}key");
        if (columns.Distinct(StringComparer.Ordinal).Count() != columns.Count)
            throw ApiException.BadRequest("The first line names a column twice");
        return columns.Contains("text") ? columns : throw ApiException.BadRequest("The first line must name the column \"text\"");
    }

    private static bool IsOfMeta(string column) => column.StartsWith(MetaPrefix, StringComparison.Ordinal) && column.Length > MetaPrefix.Length;

    /// <summary>Reads the cells of the next row, which has several lines if a quoted cell has line breaks.</summary>
    private async ValueTask<(long Number, IReadOnlyList<string> Cells, string? Fault)?> ReadCellsAsync(CancellationToken cancellationToken)
    {
        var row = new ArrayBufferWriter<byte>();
        long first = 0;
        var isQuoted = false;
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            first = first == 0 ? line.Number : first;
            if (line.IsTooLong || row.WrittenCount + line.Bytes.Length > ImportLines.MaxBytes)
                return (first, [], $"The row is longer than {ImportLines.MaxBytes} bytes, or the quotes of a cell are not closed");
            if (row.WrittenCount > 0)
                row.Write("\n"u8);
            row.Write(line.Bytes.Span);
            isQuoted ^= line.Bytes.Span.Count((byte)'"') % 2 != 0;
            if (isQuoted)
                continue;
            if (row.WrittenCount > 0)
                return Split(first, row.WrittenSpan);
            first = 0;
        }

        return row.WrittenCount > 0 ? (first, [], "The quotes of a cell are not closed") : null;
    }

    private static (long Number, IReadOnlyList<string> Cells, string? Fault) Split(long number, ReadOnlySpan<byte> row)
    {
        try
        {
            using var parser = new CsvParser(new StringReader(StrictUtf8.GetString(row)), Configuration);
            return parser.Read() ? (number, parser.Record!, null) : (number, [], "The row is empty");
        }
        catch (Exception exception) when (exception is CsvHelperException or DecoderFallbackException)
        {
            return (number, [], exception is DecoderFallbackException ? "The row is not valid UTF-8" : "The quotes of a cell are wrong");
        }
    }

    private ImportRow RowOf(long number, IReadOnlyList<string> cells)
    {
        var row = new ImportRow(number);
        foreach (var (column, cell) in _columns!.Zip(cells))
        {
            if (column == "text")
                row = row with { Text = cell };
            else if (column == "source" && cell.Length > 0)
                row = row with { Source = cell };
            else if (column == "id" && cell.Length > 0)
                row = row with { Id = cell };
            else if (column == "meta" && cell.Length > 0 && MetaOf(cell) is var (meta, fault))
            {
                if (fault is not null)
                    return ImportRow.Bad(number, fault);
                row = row with { Meta = Merge(row.Meta, meta) };
            }
            else if (IsOfMeta(column) && cell.Length > 0)
                row = row with { Meta = Merge(row.Meta, new JsonObject { [column[MetaPrefix.Length..]] = cell }) };
        }

        return row;
    }

    private static (JsonObject Meta, string? Fault) MetaOf(string cell)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(cell);
            if (JsonRules.FindBadValue(bytes, JsonRules.MaxDepth) is { } fault)
                return ([], $"\"meta\" {fault}");
            JsonRules.RequireUniqueKeys(bytes, JsonRules.MaxDepth);
            return JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { MaxDepth = JsonRules.MaxDepth }) is JsonObject meta
                ? (meta, null)
                : ([], "\"meta\" must be a JSON object");
        }
        catch (JsonException)
        {
            return ([], "\"meta\" must be a JSON object");
        }
    }

    private static JsonObject Merge(JsonObject? first, JsonObject second)
    {
        var merged = first ?? [];
        foreach (var (key, value) in second)
            merged[key] = value?.DeepClone();
        return merged;
    }
}
