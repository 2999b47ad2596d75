using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>Rows as JSON Lines: an object with <c>text</c>, <c>source</c>, <c>meta</c> and <c>id</c> on each line.</summary>
internal sealed class JsonLineRows(ImportLines lines) : IImportRows
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonRules.MaxDepth, AllowDuplicateProperties = false };

    public async ValueTask<ImportRow?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            if (line.IsTooLong)
                return ImportRow.Bad(line.Number, $"The line is longer than {ImportLines.MaxBytes} bytes");
            if (line.Bytes.Span.ContainsAnyExcept(" \t"u8))
                return Parse(line);
        }

        return null;
    }

    private static ImportRow Parse(ImportLine line)
    {
        if (JsonRules.FindBadValue(line.Bytes.Span, JsonRules.MaxDepth) is { } fault)
            return ImportRow.Bad(line.Number, $"The line {fault}");
        try
        {
            using var document = JsonDocument.Parse(line.Bytes, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(line.Number, document.RootElement)
                : ImportRow.Bad(line.Number, "The line must be a JSON object");
        }
        catch (JsonException)
        {
            return ImportRow.Bad(line.Number, "The line is not valid JSON");
        }
    }

    private static ImportRow Read(long number, JsonElement json)
    {
        var row = new ImportRow(number);
        foreach (var member in json.EnumerateObject())
        {
            var value = member.Value;
            var isNull = value.ValueKind == JsonValueKind.Null;
            switch (member.Name)
            {
                // An exported record has these times.
                case "createdAt" or "updatedAt":
                    break;
                case "meta" when isNull || value.ValueKind == JsonValueKind.Object:
                    row = row with { Meta = isNull ? null : JsonObject.Create(value.Clone()) };
                    break;
                case "id" or "text" or "source" when isNull || value.ValueKind == JsonValueKind.String:
                    row = With(row, member.Name, value.GetString());
                    break;
                case "meta":
                    return ImportRow.Bad(number, "\"meta\" must be an object");
                case "id" or "text" or "source":
                    return ImportRow.Bad(number, $"\"{member.Name}\" must be a string");
                default:
                    return ImportRow.Bad(number, $"\"{FaultText.Clip(member.Name, 100)}\" is not allowed");
            }
        }

        return row;
    }

    private static ImportRow With(ImportRow row, string name, string? value) => name switch
    {
        "id" => row with { Id = value },
        "text" => row with { Text = value },
        _ => row with { Source = value },
    };
}
