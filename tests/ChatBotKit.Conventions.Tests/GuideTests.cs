using ChatBotKit.Server.Features.Skillsets.Abilities.Catalogue;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Compares generated guides and tables with the code.</summary>
public sealed class GuideTests
{
    private const string Guide = "docs/from-node.md";
    private const string Table = "spec/descriptions.tsv";
    private const string Abilities = "docs/abilities.md";
    private const string Templates = "## Templates";
    // Set to 1 to regenerate them.
    private const string Write = "CHATBOTKIT_WRITE_GUIDES";

    [Fact]
    public async Task FromNode_Names_TheMethodsThatExist() =>
        await AssertAsync(Guide, FromNode.Text(await SdkCalls.ByOperationAsync()));

    [Fact]
    public async Task Descriptions_Are_ThoseOfTheSdk() =>
        await AssertAsync(Table, Descriptions.Text(await SdkCalls.ByOperationAsync()));

    [Fact]
    public void Descriptions_Tell_MostOfTheApi()
    {
        var rows = Repository.Read(Table).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split('\t')).ToList();
        var told = rows.Select(row => (row[0], row[1])).ToHashSet();

        Assert.All(rows, row => Assert.Equal(3, row.Length));
        Problems.AssertNone("operation without a description", SpecTables.Official.Concat(SpecTables.Served)
            .Select(operation => operation.Name).Distinct().Where(name => !told.Contains((name, "-")) && !IsExcepted(name)));
    }

    [Fact]
    public void EveryPublishedOperation_IsServed()
    {
        var served = SpecTables.Served.Select(operation => operation.Name).ToHashSet();

        Problems.AssertNone("published operation that is not served", SpecTables.Official.Select(operation => operation.Name).Where(name => !served.Contains(name)));
    }

    [Fact]
    public async Task Abilities_Name_TheTemplates()
    {
        var before = Repository.Read(Abilities).Split(Templates)[0];
        var served = AbilityCatalogue.All.Count(template => template.Instruction is not null);
        var rows = AbilityCatalogue.All.Select(template => $"| `{template.Name}` | {(template.Instruction is null ? template.Reason : "served")} |\n");

        await AssertAsync(
            Abilities,
            before + Templates + $"\n\nThe server serves {served} of {AbilityCatalogue.All.Count} templates:\n\n| Template | |\n|---|---|\n{string.Concat(rows)}");
    }

    /// <summary>The server serves its own guides, so a new one needs a section.</summary>
    [Fact]
    public void Guides_AreAll_ServedAsPages()
    {
        const string Pages = "src/ChatBotKit.Server/Features/Platform/Pages/pages.tsv";
        var pages = Repository.Read(Pages).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split('\t')[0]).Order(StringComparer.Ordinal);
        var guides = Repository.Pages().Where(page => page.StartsWith("docs/", StringComparison.Ordinal)).Select(page => Path.GetFileNameWithoutExtension(page)!);

        Assert.Equal(guides.Order(StringComparer.Ordinal), pages);
    }

    /// <summary>Two rows about one thing come from merges, and then one of them is out of date.</summary>
    [Fact]
    public void Differences_HaveOneRowEach()
    {
        var sections = Repository.Read("docs/compatibility.md").Split("\n## ");

        Problems.AssertNone("difference with several rows", sections.SelectMany(static section => section.Split('\n')
            .Where(static line => line.StartsWith('|')).Select(static line => line.Split('|')[1].Trim()).GroupBy(static what => what)
            .Where(static rows => rows.Count() > 1).Select(static rows => rows.Key)));
    }

    private static bool IsExcepted(string operation) =>
        SpecTables.Exceptions.Any(exception => exception is { Place: "sdk", Kind: "missing" }
            && exception.Covers(new Difference(operation, "sdk", "-", "missing", "")));

    private static async Task AssertAsync(string path, string expected)
    {
        if (Environment.GetEnvironmentVariable(Write) == "1")
            await File.WriteAllTextAsync(Path.Combine(Repository.Root, path), expected, TestContext.Current.CancellationToken);

        Assert.True(expected == Repository.Read(path), $"{path} is not up to date; run the tests once with {Write}=1.");
    }
}
