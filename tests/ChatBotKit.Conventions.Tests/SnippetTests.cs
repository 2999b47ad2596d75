namespace ChatBotKit.Conventions.Tests;

/// <summary>Compiles the C# of every page for users.</summary>
public sealed class SnippetTests
{
    public static TheoryData<string> Pages() =>
    [
        .. Repository.Pages().Where(page => Snippet.Of(Repository.Read(page)).Count > 0),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EverySnippet_Compiles(string page) =>
        Problems.AssertNone("line that does not compile", SnippetCompiler.ProblemsOf(page, Repository.Read(page)));

    [Fact]
    public void Programs_OfTheReadme_AreOneFile()
    {
        var readme = Repository.Read("README.md");

        Assert.True(Snippet.Of(readme).Count >= 3, "README.md has lost its programs.");
        Problems.AssertNone("line that does not compile", SnippetCompiler.ProblemsOfProgram(readme));
    }

    [Fact]
    public void Program_WithAUsingInTheMiddle_IsRefused() =>
        Assert.Contains("CS1529", Assert.Single(SnippetCompiler.ProblemsOfProgram("""
            ```csharp
            Console.WriteLine();
            ```
            ```csharp
            using System.Text;
            ```
            """)), StringComparison.Ordinal);

    [Fact]
    public void Block_SeesTheOnesBefore_AndMayDeclareAnew() =>
        Assert.Empty(SnippetCompiler.ProblemsOf("page.md", """
            ```csharp
            var a = 1;
            var b = 2;
            ```
            ```csharp
            var a = b;
            ```
            """));

    [Theory]
    [InlineData("api.Conversation.NoSuchMethodAsync();", "CS1061")]
    [InlineData("api.Conversation.FetchAsync(conversationId);", "CS4014")]
    public void Mistake_IsFound_WithItsLine(string code, string id) =>
        Assert.StartsWith($"page.md(4): {id}", Assert.Single(SnippetCompiler.ProblemsOf("page.md", $"""
            Text
            ```csharp
            await api.Conversation.ListAsync();
            {code}
            ```
            """)), StringComparison.Ordinal);

    [Fact]
    public void Comment_GivesWhatThePageDoesNotShow() =>
        Assert.Empty(SnippetCompiler.ProblemsOf("page.md", """
            <!-- given: static int answer = 42; -->

            ```csharp
            Console.WriteLine(answer);
            ```

            <!-- not compiled: it is only a part -->
            ```csharp
            .UseSomething()
            ```
            """));
}
