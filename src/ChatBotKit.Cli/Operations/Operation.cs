namespace ChatBotKit.Cli.Operations;

/// <summary>One operation of the API, read from the table in <c>spec/</c>.</summary>
internal sealed record Operation(string Name, string Verb, string Path, bool Streams, IReadOnlyList<OperationField> Fields)
{
    private static readonly string[] ListEndings = ["list", "export"];

    /// <summary>Gets the words of the command, which are the parts of the path that are not parameters.</summary>
    public IReadOnlyList<string> Words { get; } = [.. Segments(Path).Where(segment => segment[0] != '{')];

    /// <summary>Gets the description; null when only the path is known.</summary>
    public string? Summary { get; init; }

    /// <summary>The names of the parameters in the path, in their order.</summary>
    public IReadOnlyList<string> Parameters { get; } = [.. Segments(Path).Where(segment => segment[0] == '{').Select(segment => segment[1..^1])];

    public bool IsList => Streams && ListEndings.Contains(Words[^1]);

    /// <summary>Builds the path from the values of its parameters.</summary>
    public string PathWith(IReadOnlyList<string> values)
    {
        var path = "/api/v1" + Path;
        for (var i = 0; i < values.Count; i++)
            path = path.Replace($"{{{Parameters[i]}}}", Uri.EscapeDataString(values[i]), StringComparison.Ordinal);
        return path;
    }

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
