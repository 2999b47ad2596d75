using Spectre.Console;

namespace ChatBotKit.Cli.Output;

/// <summary>A column of a table and its width in cells.</summary>
internal sealed class TableColumnPlan(string name, IReadOnlyList<string> cells)
{
    private const int Widest = 60;
    private const int Narrowest = 12;
    private const int ShortId = 9;

    private static readonly string[] References = ["Id", "Hash", "hash"];

    public string Name => name;

    public IReadOnlyList<string> Cells => cells;

    /// <summary>The id of the row itself. It is never shortened or broken into lines, because the next command needs it.</summary>
    public bool IsWhole => name == "id";

    /// <summary>The id of another resource, which may be shortened to its beginning.</summary>
    public bool IsReference => References.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));

    public int Width { get; set; } = Math.Max(name.GetCellWidth(), cells.Max(cell => cell.GetCellWidth())) is var natural && name == "id"
        ? natural
        : Math.Min(natural, Widest);

    public int Least => IsWhole ? Width : Math.Min(Width, Narrowest);

    public void ShortenReferences() => Width = Math.Min(Width, Math.Max(ShortId, name.GetCellWidth()));
}
