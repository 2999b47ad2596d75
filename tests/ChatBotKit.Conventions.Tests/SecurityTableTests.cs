using System.Text.RegularExpressions;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Compares the test names in <c>docs/security.md</c> with the existing tests.</summary>
public sealed partial class SecurityTableTests
{
    [Fact]
    public void EveryTest_ThatThePageNames_Exists()
    {
        var tests = string.Join('\n', Repository.SourceFiles("tests").Select(Repository.Read));
        var named = NamedTest().Matches(Repository.Read("docs/security.md") + Repository.Read("docs/asvs.md")).SelectMany(NamesOf).Distinct().ToList();

        Assert.True(named.Count > 30, $"the page names {named.Count} tests");
        Problems.AssertNone("test that does not exist", named.Where(name => !tests.Contains(name, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> NamesOf(Match match)
    {
        if (match.Groups["class"] is { Success: true } type)
            yield return $"class {type.Value}";
        if (match.Groups["method"] is { Success: true } method)
            yield return $" {method.Value}(";
    }

    [GeneratedRegex(@"`(?:(?<class>P\d\d_\w+|\w+Tests)(?:\.(?<method>\w+))?|(?<method>[A-Z]\w+_\w+))`")]
    private static partial Regex NamedTest();
}
