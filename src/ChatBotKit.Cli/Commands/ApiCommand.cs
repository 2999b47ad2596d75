using System.CommandLine;
using ChatBotKit.Cli.Input;
using ChatBotKit.Cli.Operations;

namespace ChatBotKit.Cli.Commands;

/// <summary>
/// <c>cbk api</c>: every operation of the API, generated from the table of operations. The words of the path are the words
/// of the command, its parameters are arguments, and the fields are options.
/// </summary>
internal static class ApiCommand
{
    private static readonly string[] OwnOptions = ["--url", "--secret-file", "--run-as", "--json", "--jsonl", "--table", "--body", "--help", "--version"];

    public static Command Create(string[] args, Surroundings surroundings, Connection connection)
    {
        var command = new Command("api", $"Call any operation, for example: cbk api bot create --name Support. {TextValues.Help}");
        // The hundreds of commands are created only when the arguments name one of them.
        if (args.Any(arg => arg == "api" || arg.Contains("api ", StringComparison.Ordinal) || arg.StartsWith("[suggest", StringComparison.Ordinal)))
        {
            var about = OperationTable.Groups();
            foreach (var group in OperationTable.Read().GroupBy(operation => string.Join(' ', operation.Words)))
                Find(command, group.First().Words, about).AddOperations([.. group], surroundings, connection);
        }

        return command;
    }

    private static OperationCommand Find(Command parent, IReadOnlyList<string> words, IReadOnlyDictionary<string, string> about)
    {
        OperationCommand? found = null;
        for (var count = 1; count <= words.Count; count++)
        {
            found = parent.Subcommands.OfType<OperationCommand>().FirstOrDefault(one => one.Name == words[count - 1]);
            if (found is null)
            {
                found = new OperationCommand(words[count - 1]) { Description = about.GetValueOrDefault(string.Join(' ', words.Take(count))) };
                parent.Subcommands.Add(found);
            }

            parent = found;
        }

        return found!;
    }

    /// <summary>
    /// Groups operations that differ only by an id, such as the two forms of <c>conversation complete</c>, into one
    /// command.
    /// </summary>
    private static void AddOperations(
        this OperationCommand command, IReadOnlyList<Operation> operations, Surroundings surroundings, Connection connection)
    {
        var longest = operations.MaxBy(operation => operation.Parameters.Count)!;
        var fewest = operations.Min(operation => operation.Parameters.Count);
        var arguments = longest.Parameters
            .Select((name, index) => new Argument<string?>(name) { Arity = index < fewest ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne })
            .ToList();
        arguments.ForEach(command.Arguments.Add);
        command.Describe(operations);

        var fields = operations.SelectMany(operation => operation.Fields).DistinctBy(field => field.Name)
            .ToDictionary(field => field.Name, OptionOf);
        foreach (var option in fields.Values)
            command.Options.Add(option);
        var body = new Option<string?>("--body") { Description = "The whole body as JSON, or @file with it, or @- for standard input. Other options change it." };
        command.Options.Add(body);
        var output = new Output.OutputOptions(surroundings);
        output.AddTo(command);

        command.SetAction((parsed, token) =>
        {
            var ids = arguments.Select(parsed.GetValue).OfType<string>().ToList();
            var operation = operations.FirstOrDefault(one => one.Parameters.Count == ids.Count)
                ?? throw new CliException($"It takes {fewest} or {longest.Parameters.Count} ids.", ExitCodes.Usage);
            var values = operation.Fields.Select(field => (field, Text: parsed.GetValue(fields[field.Name]))).Where(pair => pair.Text is not null);
            return new OperationCall(operation, ids, [.. values.Select(pair => (pair.field, pair.Text!))], parsed.GetValue(body))
                .RunAsync(surroundings, connection.Open(parsed), output.Of(parsed), token);
        });
    }

    private static Option<string?> OptionOf(OperationField field)
    {
        var name = OwnOptions.Contains($"--{field.Name}") ? $"--field-{field.Name}" : $"--{field.Name}";
        var option = new Option<string?>(name) { Description = field.Help, HelpName = "value" };
        if (field.Choices.Count > 0)
            option.CompletionSources.Add([.. field.Choices]);
        return option;
    }
}
