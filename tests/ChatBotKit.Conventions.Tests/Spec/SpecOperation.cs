using System.Text.RegularExpressions;

namespace ChatBotKit.Conventions.Tests;

/// <summary>An operation of the published API, or one of our own server.</summary>
internal sealed partial record SpecOperation(string Name, string Verb, string Path, bool Streams, IReadOnlyList<string> Node, bool IsOwn)
{
    /// <summary>Gets who may call it, as <c>spec/served.tsv</c> says; null for what our server does not serve.</summary>
    public string? Access { get; init; }

    /// <summary>Gets verb and path with nameless ids, which no other operation has.</summary>
    public string Call => CallOf(Verb, Path);

    public static string CallOf(string verb, string path) => $"{verb} {Id().Replace(path, "{}")}";

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Id();
}
