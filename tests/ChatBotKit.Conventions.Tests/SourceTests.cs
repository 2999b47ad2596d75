using System.Text.RegularExpressions;

namespace ChatBotKit.Conventions.Tests;

public sealed partial class SourceTests
{
    [Fact]
    public void NoFile_IsNamed_AfterNothing() =>
        Assert.DoesNotContain(Repository.SourceFiles("src"), path => EmptyName().IsMatch(path));

    [Fact]
    public void NoSource_Holds_RegionsOrOpenTasks() =>
        Assert.All(
            Repository.SourceFiles("src", "samples"),
            path => Assert.False(Unfinished().IsMatch(Repository.Read(path)), path));

    [Fact]
    public void Readme_Names_BothCommands()
    {
        var readme = Repository.Read("README.md");

        Assert.Contains("dotnet run --project samples/Quickstart", readme, StringComparison.Ordinal);
        Assert.Contains("dotnet test", readme, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(Helper|Manager|Utils|Impl|Common)\.cs$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^\s*#region|//\s*(TODO|FIXME|HACK)", RegexOptions.Multiline)]
    private static partial Regex Unfinished();
}
