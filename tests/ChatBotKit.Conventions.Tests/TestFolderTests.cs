using System.Text.RegularExpressions;

namespace ChatBotKit.Conventions.Tests;

/// <summary>The tests of the server lie where its sources lie, so that the tests of a file are found beside it.</summary>
public sealed partial class TestFolderTests
{
    private const string Sources = "src/ChatBotKit.Server";
    private const string Tests = "tests/ChatBotKit.Server.Tests";

    [Fact]
    public void EveryFolderOfTests_IsAlsoOne_OfTheSources() => Problems.AssertNone(
        "folder of tests that the sources do not have",
        FoldersBelow(Tests).Except(FoldersBelow(Sources)));

    [Fact]
    public void EveryNamespaceOfTests_IsNamedAfter_ItsTopFolder() => Problems.AssertNone(
        "test in the namespace of another folder",
        from path in Repository.SourceFiles(Tests)
        let folder = path[(Tests.Length + 1)..].Split('/') is [var top, _, ..] ? $".{top}" : ""
        let name = Namespace().Match(Repository.Read(path)).Groups[1].Value
        where name != $"ChatBotKit.Server.Tests{folder}"
        select $"{path} is in {name}");

    /// <summary>The folders that hold files, as paths from the given one.</summary>
    private static IEnumerable<string> FoldersBelow(string root) => Repository.SourceFiles(root)
        .Select(path => Path.GetDirectoryName(path[(root.Length + 1)..])!)
        .SelectMany(WithParents)
        .Distinct();

    private static IEnumerable<string> WithParents(string folder)
    {
        for (var path = folder; path.Length > 0; path = Path.GetDirectoryName(path)!)
            yield return path;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
