using System.Xml.Linq;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Checks the dependencies and the metadata of packages.</summary>
public sealed class PackageTests
{
    /// <summary>The projects that are no packages: the server, and the pages that are a part of it.</summary>
    private static readonly string[] Unpacked = ["ChatBotKit.Server", "ChatBotKit.Console"];

    /// <summary>
    /// The direct dependencies of each package. Every user of the package gets them, so a new one is a deliberate decision.
    /// </summary>
    private static readonly Dictionary<string, string[]> Dependencies = new()
    {
        ["ChatBotKit.Contracts"] = [],
        ["ChatBotKit"] = ["ChatBotKit.Contracts", "Polly.Core"],
        ["ChatBotKit.Testing"] = ["ChatBotKit"],
        ["ChatBotKit.Extensions.AI"] = ["ChatBotKit", "Microsoft.Extensions.AI.Abstractions"],
        ["ChatBotKit.Extensions.DependencyInjection"] =
            ["ChatBotKit", "Microsoft.Extensions.Http", "Microsoft.Extensions.Options.ConfigurationExtensions"],
        ["ChatBotKit.Extensions.AspNetCore"] =
            ["ChatBotKit.Extensions.DependencyInjection", "Microsoft.AspNetCore.App", "Microsoft.AspNetCore.Authentication.JwtBearer"],
        ["ChatBotKit.Extensions.Onnx"] =
            ["Microsoft.Extensions.AI.Abstractions", "Microsoft.ML.OnnxRuntime", "Microsoft.ML.Tokenizers"],
        ["ChatBotKit.Widget"] = ["Microsoft.AspNetCore.App"],
        ["ChatBotKit.Cli"] = ["ChatBotKit", "Spectre.Console", "System.CommandLine"],
    };

    public static TheoryData<string> Packages() =>
        [.. Repository.Projects("src").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => !Unpacked.Contains(name))];

    [Theory]
    [MemberData(nameof(Packages))]
    public void EveryPackage_DependsOn_WhatWasDecided(string package)
    {
        Assert.True(Dependencies.ContainsKey(package), $"{package} is new: say here what it may depend on.");
        Assert.Equal(Dependencies[package], DependenciesOf(Project(package)));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void EveryPackage_SaysWhatItIs(string package)
    {
        var project = Project(package);
        var readme = Repository.Read($"src/{package}/README.md");

        Assert.EndsWith(".", Assert.Single(project.Descendants("Description")).Value, StringComparison.Ordinal);
        Assert.DoesNotContain(project.Descendants("IsPackable"), packable => packable.Value == "false");
        Assert.StartsWith(package == "ChatBotKit.Cli" ? "# cbk\n" : $"# {package}\n", readme, StringComparison.Ordinal);
        Assert.Contains($"| `src/{package}` |", Repository.Read("README.md"), StringComparison.Ordinal);
    }

    /// <summary>
    /// Checks that the public API of a package is recorded, so that no change to it goes unnoticed. The tool has no public API.
    /// </summary>
    [Theory]
    [MemberData(nameof(Packages))]
    public void EveryLibrary_RecordsItsPublicApi(string package)
    {
        if (package == "ChatBotKit.Cli")
            return;
        Assert.Contains(Project(package).Descendants("PackageReference"), one => (string?)one.Attribute("Include") == "Microsoft.CodeAnalysis.PublicApiAnalyzers");
        Assert.StartsWith("#nullable enable", Repository.Read($"src/{package}/PublicAPI.Shipped.txt"), StringComparison.Ordinal);
        Assert.Contains(" -> ", Repository.Read($"src/{package}/PublicAPI.Unshipped.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Server_IsNotPacked() =>
        Assert.All(Unpacked, name => Assert.Equal("false", Assert.Single(Project(name).Descendants("IsPackable")).Value));

    [Theory]
    [InlineData("PackageReadmeFile", "README.md")]
    [InlineData("IncludeSymbols", "true")]
    [InlineData("SymbolPackageFormat", "snupkg")]
    [InlineData("EnablePackageValidation", "true")]
    public void EveryPackage_Has_WhatIsCommon(string property, string value) =>
        Assert.Equal(value, Assert.Single(Read("src/Directory.Build.props").Descendants(property)).Value);

    [Fact]
    public void Consumer_Wants_TheVersionThatIsPacked()
    {
        var version = Assert.Single(Read("Directory.Build.props").Descendants("Version")).Value;

        Assert.Equal(version, Assert.Single(Read("samples/PackageConsumer/PackageConsumer.csproj").Descendants("ChatBotKitVersion")).Value);
    }

    private static IEnumerable<string> DependenciesOf(XDocument project) =>
        from reference in project.Descendants()
        where reference.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference"
        where (string?)reference.Attribute("PrivateAssets") != "all"
        let name = (string)reference.Attribute("Include")!
        orderby name.StartsWith("..", StringComparison.Ordinal) descending, name
        select name.StartsWith("..", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(name) : name;

    private static XDocument Project(string name) => Read($"src/{name}/{name}.csproj");

    private static XDocument Read(string path) => XDocument.Parse(Repository.Read(path));
}
