using System.Xml.Linq;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Compares the third-party notices with the packages of the projects in <c>src/</c>.</summary>
public sealed class ThirdPartyTests
{
    private const string Path = "THIRD-PARTY-NOTICES.md";
    // Set to 1 to regenerate the notices.
    private const string Write = "CHATBOTKIT_WRITE_GUIDES";

    /// <summary>All projects except the sample that represents a program outside of this repository.</summary>
    private static IEnumerable<string> Projects => new[] { "src", "tests", "bench", "samples" }.SelectMany(Repository.Projects)
        .Where(project => !project.Contains("PackageConsumer", StringComparison.Ordinal));

    [Fact]
    public async Task Notices_Name_EachPackageThatIsShipped()
    {
        if (Environment.GetEnvironmentVariable(Write) == "1")
            await File.WriteAllTextAsync(
                System.IO.Path.Combine(Repository.Root, Path), ThirdParty.Text(), TestContext.Current.CancellationToken);

        var notices = Repository.Read(Path);
        var missing = ThirdParty.Shipped().Where(package => !notices.Contains($"| {package.Id} | {package.Version} |", StringComparison.Ordinal));
        Assert.True(!missing.Any(), $"{Path} lacks {string.Join(", ", missing)}; run the tests once with {Write}=1.");
    }

    [Fact]
    public void Notices_Name_NothingElse()
    {
        var shipped = ThirdParty.Shipped().Select(package => package.Id).ToHashSet();
        var rows = Repository.Read(Path).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1);

        Assert.All(rows.Where(row => !row.StartsWith("| ---", StringComparison.Ordinal)), row => Assert.Contains(row.Split('|')[1].Trim(), shipped));
    }

    [Theory]
    [InlineData("NuGetAudit", "true")]
    [InlineData("NuGetAuditMode", "all")]
    [InlineData("TreatWarningsAsErrors", "true")]
    [InlineData("RestorePackagesWithLockFile", "true")]
    public void Restore_FailsOnAKnownWeakness_AndKeepsToTheLockFiles(string property, string expected)
    {
        var common = Assert.Single(XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants(property));
        Assert.Equal(expected, common.Value);
        Assert.Null(common.Attribute("Condition"));

        Problems.AssertNone(
            $"project that decides otherwise about {property}",
            Projects.Where(project => Repository.Read(project).Contains($"<{property}>", StringComparison.Ordinal)));
    }

    [Fact]
    public void ContinuousIntegration_RestoresNothingElse() =>
        Assert.Contains("\nCI=true dotnet restore --locked-mode\n", Repository.Read(".ci/run"), StringComparison.Ordinal);

    [Fact]
    public void EveryProject_HasItsLockFile() =>
        Assert.All(
            Projects,
            project => Assert.True(
                File.Exists(System.IO.Path.Combine(Repository.Root, System.IO.Path.GetDirectoryName(project)!, "packages.lock.json")), project));
}
