using System.CommandLine;
using ChatBotKit.Cli.Operations;

namespace ChatBotKit.Cli.Commands;

/// <summary>A command for one operation, or for two that differ only in whether an id is given.</summary>
internal sealed class OperationCommand(string name) : Command(name)
{
    private IReadOnlyList<Operation> _operations = [];

    /// <summary>Says what the operations do, shortly as lists of commands have it.</summary>
    public void Describe(IReadOnlyList<Operation> operations)
    {
        _operations = operations;
        var summaries = operations.Select(operation => operation.Summary).OfType<string>().Distinct().ToList();
        Description = summaries.Count > 0 ? string.Join(" ", summaries) : Addresses();
    }

    /// <summary>Says everything, as the help of this one command has it.</summary>
    public void ShowWholeDescription()
    {
        if (_operations.Count == 0)
            return;
        var served = _operations.All(operation => operation.IsServed) ? "" : "\nThe server of ChatBotKit for .NET does not serve it; the hosted service does.";
        if (Description != Addresses())
            Description = $"{Description}\n{Addresses()}";
        Description += served;
    }

    private string Addresses() => string.Join("\n", _operations.Select(operation => $"{operation.Verb} {operation.Path}"));
}
