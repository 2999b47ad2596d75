using System.CommandLine;
using ChatBotKit.Cli.Operations;

namespace ChatBotKit.Cli.Commands;

/// <summary>A command for one operation, or for two that differ only by an id.</summary>
internal sealed class OperationCommand(string name) : Command(name)
{
    private IReadOnlyList<Operation> _operations = [];

    /// <summary>Gets one sentence about each operation, for lists of commands.</summary>
    public void Describe(IReadOnlyList<Operation> operations)
    {
        _operations = operations;
        Description = Summaries() is { Count: > 0 } summaries ? string.Join(" ", summaries.Select(FirstSentence)) : Addresses();
    }

    /// <summary>Gets the full description, for the help of one command.</summary>
    public void ShowWholeDescription()
    {
        if (_operations.Count == 0)
            return;
        Description = string.Join("\n", Summaries().Append(Addresses()));
    }

    private List<string> Summaries() => [.. _operations.Select(operation => operation.Summary).OfType<string>().Distinct()];

    private static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)] : text;

    private string Addresses() => string.Join("\n", _operations.Select(operation => $"{operation.Verb} {operation.Path}"));
}
