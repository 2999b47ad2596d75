namespace ChatBotKit.Conventions.Tests;

/// <summary>Holds the guides that are made from the code against the code.</summary>
public sealed class GuideTests
{
    private const string Path = "docs/from-node.md";
    // Set to 1 to write the guides anew.
    private const string Write = "CHATBOTKIT_WRITE_GUIDES";

    [Fact]
    public async Task FromNode_Names_TheMethodsThatExist()
    {
        var expected = FromNode.Text(await SdkCalls.ByOperationAsync());
        if (Environment.GetEnvironmentVariable(Write) == "1")
            await File.WriteAllTextAsync(System.IO.Path.Combine(Repository.Root, Path), expected, TestContext.Current.CancellationToken);

        Assert.True(expected == Repository.Read(Path), $"{Path} is not up to date; run the tests once with {Write}=1.");
    }
}
