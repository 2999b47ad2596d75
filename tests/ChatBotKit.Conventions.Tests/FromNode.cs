using System.Text;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Generates the guide that maps the calls of the official Node SDK to the methods of this SDK.</summary>
internal static class FromNode
{
    private const string Intro = """
        # From the Node SDK

        <!-- Made from spec/ and the SDK itself; spec/README.md says how. Do not edit it by hand. -->

        Each call of the official Node SDK, and the .NET method that sends the same request; `api` is a `ChatBotKitApi`. The
        names are the same, in the spelling of .NET and with the suffix `Async`. The arguments are the ids of the path, then a
        record with the fields of the request, then a `CancellationToken`. In place of `.stream()` in Node, use `await foreach`
        over the same call. When a row has several methods, they differ in their arguments or results, such as a file on disk or
        a CSV file.

        """;

    public static string Text(ILookup<SpecOperation, SdkCall> calls)
    {
        var found = SpecTables.Official.Concat(SpecTables.Own).Where(calls.Contains).ToList();
        var result = new StringBuilder(Intro).Append('\n');
        AppendTable(result, "Node", found
            .SelectMany(operation => operation.Node.Select(node => (First: $"`{node}`", operation)))
            .OrderBy(row => row.First, StringComparer.Ordinal).ThenBy(row => row.operation.Path, StringComparer.Ordinal), calls);
        AppendSection(result, "Operations that the Node SDK does not have", found.Where(operation => operation.Node.Count == 0 && !operation.IsOwn), calls);
        AppendSection(result, "Operations of our own server", found.Where(operation => operation.IsOwn), calls);
        return result.ToString();
    }

    private static void AppendSection(
        StringBuilder result, string heading, IEnumerable<SpecOperation> operations, ILookup<SpecOperation, SdkCall> calls)
    {
        result.Append($"\n## {heading}\n\n");
        AppendTable(result, "Operation", operations.OrderBy(operation => operation.Name, StringComparer.Ordinal)
            .Select(operation => (First: $"`{operation.Name}`", operation)), calls);
    }

    private static void AppendTable(
        StringBuilder result, string first, IEnumerable<(string First, SpecOperation Operation)> rows, ILookup<SpecOperation, SdkCall> calls)
    {
        result.Append($"| {first} | .NET | Request |\n|---|---|---|\n");
        foreach (var (name, operation) in rows)
            result.Append($"| {name} | {MethodsOf(calls[operation])} | `{operation.Verb} {operation.Path}` |\n");
    }

    private static string MethodsOf(IEnumerable<SdkCall> calls) =>
        string.Join(", ", calls.Select(call => call.Name).Distinct().Order(StringComparer.Ordinal).Select(name => $"`api.{name}`"));
}
