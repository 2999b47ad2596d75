using System.Text.RegularExpressions;

namespace ChatBotKit.Conventions.Tests;

/// <summary>An operation of the published API, or one that only this server has.</summary>
internal sealed partial record SpecOperation(string Name, string Verb, string Path, bool Streams, IReadOnlyList<string> Node, bool IsOwn)
{
    /// <summary>Gets the access rule in <c>spec/served.tsv</c>; null for an operation that the server does not support.</summary>
    public string? Access { get; init; }

    /// <summary>Gets the verb and the path with unnamed ids, which is unique.</summary>
    public string Call => CallOf(Verb, Path);

    public static string CallOf(string verb, string path) => $"{verb} {Id().Replace(path, "{}")}";

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Id();
}
