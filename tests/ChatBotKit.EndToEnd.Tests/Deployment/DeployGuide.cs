namespace ChatBotKit.EndToEnd.Tests.Deployment;

/// <summary>The configurations in <c>docs/deploy.md</c>, as they stand there.</summary>
internal static class DeployGuide
{
    public static string Root { get; } = FindRoot();

    /// <summary>The first block of the guide, or of another page, in that language.</summary>
    public static string Block(string language, string page = "deploy.md")
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", page)).ReplaceLineEndings("\n");
        var fence = $"```{language}\n";
        var begin = text.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        Assert.True(begin >= fence.Length, $"docs/{page} has no block of {language}");
        return text[begin..text.IndexOf("\n```", begin, StringComparison.Ordinal)];
    }

    /// <summary>Puts what a test needs in place of what the guide has as an example; fails when the guide has no such text.</summary>
    public static string With(this string text, string example, string value)
    {
        Assert.Contains(example, text, StringComparison.Ordinal);
        return text.Replace(example, value, StringComparison.Ordinal);
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "ChatBotKit.slnx")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
