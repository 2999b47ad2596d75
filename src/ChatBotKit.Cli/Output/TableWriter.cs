using System.Text.Json.Nodes;
using Spectre.Console;

namespace ChatBotKit.Cli.Output;

/// <summary>Writes tables with every field. When the terminal is too narrow, it writes the records one below the other.</summary>
internal sealed class TableWriter
{
    // A table in a file has no maximum width.
    private const int FileWidth = 100_000;
    private const int NarrowTerminal = 60;
    private const int MaxLinesOfCell = 6;
    private const int MaxCharacters = 4_000;

    private readonly IAnsiConsole _console;
    private readonly TextWriter _output;
    private readonly int _width;

    public TableWriter(Surroundings surroundings)
    {
        _output = surroundings.Out;
        _console = surroundings.IsInteractive ? Consoles.Of(_output) : Consoles.Plain(_output);
        _width = surroundings.IsInteractive ? surroundings.Width() : FileWidth;
        _console.Profile.Width = _width;
    }

    /// <summary>Writes one record, with a line for each of its fields.</summary>
    public void Write(JsonObject item)
    {
        var fields = item.Where(field => field.Value is not null).Select(field => (Name: TerminalText.OneLine(field.Key), Value: ValueOf(field.Key, field.Value))).ToList();
        if (_width < NarrowTerminal || fields.Any(field => MustStayWhole(field.Name) && field.Value.GetCellWidth() > _width - NarrowTerminal / 2))
        {
            foreach (var (name, value) in fields)
                _output.WriteLine($"{name}: {value}");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).HideHeaders();
        table.AddColumn(new TableColumn("") { NoWrap = fields.All(field => field.Name.GetCellWidth() < _width / 2) }).AddColumn("");
        foreach (var (name, value) in fields)
            table.AddRow(new Text(name), new Text(value));
        _console.Write(table);
    }

    // Values that users copy into the next command must not be broken into lines.
    private static bool MustStayWhole(string name) => name is "id" or "token" or "secret";

    /// <summary>A list.</summary>
    public void Write(IReadOnlyList<JsonNode?> items)
    {
        var records = items.Select(item => item as JsonObject ?? new JsonObject { ["value"] = item?.DeepClone() }).ToList();
        var columns = records.SelectMany(record => record).Where(field => field.Value is not null).Select(field => field.Key).Distinct()
            .Select(name => new TableColumnPlan(
                TerminalText.OneLine(name), [.. records.Select(record => TerminalText.OneLine(Cut(Cells.Of(name, record[name]))))]))
            .ToList();
        if (columns.Count == 0)
            _output.WriteLine("(none)");
        else if (TableColumns.TryFit(columns, _width))
            _console.Write(TableOf(columns, records.Count));
        else
            WriteRecords(records);
    }

    private static Table TableOf(List<TableColumnPlan> columns, int rows)
    {
        var table = new Table().Border(TableBorder.Minimal);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column.Name, new Style(decoration: Decoration.Bold))) { Width = column.Width, NoWrap = column.IsWhole });
        for (var row = 0; row < rows; row++)
            table.AddRow(columns.Select(column => CellOf(column, row)));
        return table;
    }

    private static Text CellOf(TableColumnPlan column, int row) => new Text(
        column.IsWhole ? column.Cells[row] : TerminalText.Shorten(column.Cells[row], column.IsReference ? column.Width : column.Width * MaxLinesOfCell));

    private void WriteRecords(List<JsonObject> records)
    {
        foreach (var (index, record) in records.Index())
        {
            _output.WriteLine($"{(index == 0 ? "" : Environment.NewLine)}{index + 1} of {records.Count}");
            Write(record);
        }
    }

    private static string ValueOf(string name, JsonNode? value) =>
        Cells.Of(name, value) is var text && text.Length > MaxCharacters
            ? $"{Cut(text)}… ({text.Length} characters; --json shows all of them)"
            : text;

    private static string Cut(string text) =>
        text.Length <= MaxCharacters ? text : text[..(char.IsHighSurrogate(text[MaxCharacters - 1]) ? MaxCharacters - 1 : MaxCharacters)];
}
