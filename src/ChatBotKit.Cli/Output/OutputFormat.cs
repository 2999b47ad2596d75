using System.CommandLine;

namespace ChatBotKit.Cli.Output;

internal enum OutputFormat
{
    Table,
    Json,
    JsonLines,
}

/// <summary>The options that select the output format. A terminal gets a table by default, and a pipe gets JSON.</summary>
internal sealed class OutputOptions(Surroundings surroundings)
{
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON document. Default in a pipe." };
    private readonly Option<bool> _lines = new("--jsonl") { Description = "Write one JSON line per item, as they arrive." };
    private readonly Option<bool> _table = new("--table") { Description = "Write a table. Default at a terminal." };

    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_lines);
        command.Options.Add(_table);
        command.Validators.Add(result =>
        {
            if (new[] { _json, _lines, _table }.Count(result.GetValue) > 1)
                result.AddError("Choose one of --json, --jsonl and --table.");
        });
    }

    public OutputFormat Of(ParseResult command)
    {
        if (command.GetValue(_lines))
            return OutputFormat.JsonLines;
        if (command.GetValue(_json))
            return OutputFormat.Json;
        return command.GetValue(_table) || surroundings.IsInteractive ? OutputFormat.Table : OutputFormat.Json;
    }
}
