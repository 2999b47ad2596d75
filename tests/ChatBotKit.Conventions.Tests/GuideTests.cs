namespace ChatBotKit.Conventions.Tests;

/// <summary>Holds the guides and tables that are made from the code against the code.</summary>
public sealed class GuideTests
{
    private const string Guide = "docs/from-node.md";
    private const string Table = "spec/descriptions.tsv";
    // Set to 1 to write them anew.
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
