using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace ChatBotKit.Conventions.Tests;

/// <summary>The third-party packages of the projects in <c>src/</c>, read from their lock files.</summary>
internal static class ThirdParty
{
    private const string Head = """
        # Notices of third parties

        The packages, the command line tool and the server are built on the packages below, each under its own licence. A name of a
        licence is the one of the SPDX list, `https://spdx.org/licenses/<name>`, where its text is.

        | Package | Version | Licence | Copyright | Home |
        |---|---|---|---|---|

        """;

    public static IReadOnlyList<Package> Shipped() =>
    [
        .. Repository.Projects("src")
            .SelectMany(project => Of($"{Path.GetDirectoryName(project)}/packages.lock.json"))
            .Distinct()
            .OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)
            .ThenBy(package => package.Version, StringComparer.Ordinal),
    ];

    public static string Text()
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var package in Shipped())
            text.Append(Row(package)).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<Package> Of(string lockFile)
    {
        using var document = JsonDocument.Parse(Repository.Read(lockFile));
        foreach (var framework in document.RootElement.GetProperty("dependencies").EnumerateObject())
        {
            foreach (var package in framework.Value.EnumerateObject())
            {
                if (package.Value.TryGetProperty("resolved", out var version))
                    yield return new Package(package.Name, version.GetString()!);
            }
        }
    }

    private static string Row(Package package)
    {
        var description = XDocument.Load(DescriptionOf(package)).Root!.Elements().First();
        string? Value(string name) => description.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim();
        var license = description.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        var name = license?.Attribute("type")?.Value == "expression" ? license.Value : Value("licenseUrl") ?? "see its home";
        var home = Value("projectUrl") ?? description.Elements().FirstOrDefault(element => element.Name.LocalName == "repository")?.Attribute("url")?.Value;
        return $"| {package.Id} | {package.Version} | {name} | {Value("copyright") ?? Value("authors")} | {home} |";
    }

    private static string DescriptionOf(Package package)
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var id = package.Id.ToLowerInvariant();
        return Path.Combine(packages, id, package.Version.ToLowerInvariant(), id + ".nuspec");
    }

    internal readonly record struct Package(string Id, string Version);
}
